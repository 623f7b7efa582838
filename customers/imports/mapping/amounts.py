"""The forms in which amounts are written, and each with a decimal point and nothing else. None where a text is no amount
in that form."""

import re
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.imports.mapping.forms import Reader


class NumberForm(models.TextChoices):
    POINT = "point", "1234.56"
    GROUPED = "grouped", "1,234.56"
    COMMA = "comma", "1.234,56 / 1 234,56"
    WAN = "wan", _("In ten thousands: 1.5 is 15000")


PLAIN = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")
WITH_COMMAS = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?\Z")
WITH_POINTS = re.compile(r"-?(?:[0-9]{1,3}(?:[. '\u00a0\u202f][0-9]{3})+|[0-9]+)(?:,[0-9]*)?\Z")
BLANKS = str.maketrans(dict.fromkeys(" '\u00a0\u202f"))


def point(text: str) -> str | None:
    return text if PLAIN.match(text) else None


def grouped(text: str) -> str | None:
    return text.replace(",", "") if WITH_COMMAS.match(text) else None


def comma(text: str) -> str | None:
    if not WITH_POINTS.match(text):
        return None
    plain = text.replace(".", "").replace(",", ".")
    return plain if plain.isascii() and " " not in plain and "'" not in plain else plain.translate(BLANKS)


def ten_thousands(text: str) -> str | None:
    """1.5 is 15000: incomes and assets in units of 万元."""
    plain = grouped(text)
    return None if plain is None else format(Decimal(plain).scaleb(4), "f")


NUMBERS: dict[str, Reader] = {
    NumberForm.POINT.value: point,
    NumberForm.GROUPED.value: grouped,
    NumberForm.COMMA.value: comma,
    NumberForm.WAN.value: ten_thousands,
}
# those that a file tells by itself; a unit stands in the name of its column
TOLD = {form.value: NUMBERS[form.value] for form in (NumberForm.POINT, NumberForm.GROUPED, NumberForm.COMMA)}
