"""Periods of which companies report, as they are written: 2025, 2025-H1, 2025-Q3, 2025-09; a year from April 2025-04/12."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken

# as in the import of figures (imports/catalogue/companies.py)
WRITTEN = re.compile(r"([12]\d{3})(?:-(?:(H)([12])|(Q)([1-4])|(0[1-9]|1[0-2])((?<!-01)/12)?))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Period:
    """`months` of 1, 3, 6 or 12 from the first day of a month on."""

    since: date
    months: int

    @property
    def through(self) -> date:
        return _month_after(self.since, self.months) - timedelta(days=1)

    @property
    def before(self) -> "Period":
        return Period(_month_after(self.since, -self.months), self.months)

    @property
    def slug(self) -> str:
        """As it stands in an address."""
        return str(self).replace("/", "_")

    def __str__(self) -> str:
        year, month = f"{self.since:%Y}", self.since.month
        match self.months:
            case 12:
                return year if month == 1 else f"{self.since:%Y-%m}/12"
            case 6:
                return f"{year}-H{month // 6 + 1}"
            case 3:
                return f"{year}-Q{month // 3 + 1}"
        return f"{self.since:%Y-%m}"


def period_of(text: str) -> Period:
    """Refuses what is no period, and the second spelling of one."""
    match = WRITTEN.fullmatch(text.strip().upper())
    if match is None:
        raise RuleBroken(
            _("This is no period: write 2025, 2025-H1, 2025-Q3 or 2025-09."), field="period", code="period"
        )
    year, half, which_half, quarter, which_quarter, month, whole = match.groups()
    first, months = 1, 12
    if half:
        first, months = int(which_half) * 6 - 5, 6
    elif quarter:
        first, months = int(which_quarter) * 3 - 2, 3
    elif month:
        first, months = int(month), 12 if whole else 1
    return Period(date(int(year), first, 1), months)


def _month_after(month: date, count: int) -> date:
    years, place = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, place + 1, 1)
