"""The forms in which days are written, and each as ISO 8601. None where a text is no day in that form."""

import re
from datetime import date
from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.imports.mapping.forms import Reader


class DateForm(models.TextChoices):
    ISO = "iso", _("2024-03-31 or 20240331")
    YMD = "ymd", _("Year first: 2024/3/31, 2024年3月31日")
    DMY = "dmy", _("Day first: 31.03.2024, 31/3/2024")
    MDY = "mdy", _("Month first: 03/31/2024")


TIME = r"(?:(?:[T ]+|(?<=日))\s*(?P<hour>[0-9]{1,2})(?P<rest>:?[0-9]{2}.*))?\Z"
SIGN = r"\s*[-./]\s*"
LONG = r"(?P<year>[0-9]{4})"
SHAPES = {
    DateForm.ISO: re.compile(rf"{LONG}(?P<dash>-?)(?P<month>[0-9]{{2}})(?P=dash)(?P<day>[0-9]{{2}}){TIME}"),
    DateForm.YMD: re.compile(
        rf"{LONG}\s*[-./年]\s*(?P<month>[0-9]{{1,2}})\s*[-./月]\s*(?P<day>[0-9]{{1,2}})\s*日?{TIME}"
    ),
    DateForm.DMY: re.compile(rf"(?P<day>[0-9]{{1,2}}){SIGN}(?P<month>[0-9]{{1,2}}){SIGN}{LONG}{TIME}"),
    DateForm.MDY: re.compile(rf"(?P<month>[0-9]{{1,2}}){SIGN}(?P<day>[0-9]{{1,2}}){SIGN}{LONG}{TIME}"),
}
MIDNIGHT = re.compile(r"[0:.]*\Z")


def read_day(form: DateForm, text: str) -> str | None:
    """2024-03-31, with the time of the text behind it unless that is midnight."""
    found = SHAPES[form].match(text) or (SHAPES[DateForm.ISO].match(text) if form == DateForm.YMD else None)
    if found is None:
        return None
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day"))).isoformat()
    except ValueError:
        return None
    time = f"{found['hour']:0>2}{found['rest']}" if found["hour"] else ""
    return day if MIDNIGHT.match(time) else f"{day} {time}"


DATES: dict[str, Reader] = {form.value: partial(read_day, form) for form in DateForm}
