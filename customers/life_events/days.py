"""A day of which perhaps only the month or the year is known: "2025-09-01", "2025-09", "2025"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from customers.models import LifeEvent

Precision = LifeEvent.Precision
WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
EARLIEST, YEARS_AHEAD = 1900, 20


@dataclass(frozen=True)
class Known:
    on: date
    through: date
    precision: str


def parse(text: str, *, today: date, field: str = "on") -> Known:
    """Raises RuleBroken where it is no day, month or year between 1900 and twenty years from now."""
    found = WRITTEN.fullmatch(text.strip())
    try:
        known = _known(*(int(part) if part else None for part in found.groups())) if found else None
    except ValueError:
        known = None
    if known is None:
        raise RuleBroken(_("Write a day, a month or a year: 2025-09-01, 2025-09, 2025."), field=field)
    if not EARLIEST <= known.on.year <= today.year + YEARS_AHEAD:
        raise RuleBroken(_("This lies too far from today."), field=field)
    return known


def _known(year: int | None, month: int | None, day: int | None) -> Known:
    assert year is not None  # by the pattern
    if day is not None:
        one = date(year, month or 0, day)
        return Known(one, one, Precision.DAY)
    if month is not None:
        return Known(date(year, month, 1), date(year, month, monthrange(year, month)[1]), Precision.MONTH)
    return Known(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def written(on: date, precision: str) -> str:
    """As it is typed and sent."""
    return on.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[Precision(precision)]]


def said(on: date, precision: str) -> str:
    """For people."""
    return said_day(on) if precision == Precision.DAY else written(on, precision)
