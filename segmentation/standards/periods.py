"""The period in which a benefit may be used so many times: a calendar month, quarter or year."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Period(TextChoices):
    """The values are words of PostgreSQL's date_trunc too."""

    MONTH = "month", pgettext_lazy("a period", "month")
    QUARTER = "quarter", pgettext_lazy("a period", "quarter")
    YEAR = "year", pgettext_lazy("a period", "year")

    @property
    def months(self) -> int:
        return {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[self]

    def around(self, day: date) -> tuple[date, date]:
        """Its first day, and the first day of the next one."""
        first = (day.month - 1) // self.months * self.months
        start = date(day.year, first + 1, 1)
        return start, date(day.year + (first + self.months) // 12, (first + self.months) % 12 + 1, 1)
