from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

MONTHS = 15


def month_after(month: date, count: int = 1) -> date:
    """The first day of the month `count` months after (or before) that of `month`."""
    years, place = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, place + 1, 1)


@dataclass(frozen=True)
class Span:
    """The days that the demo data cover: the open month through `last` and the 14 before it."""

    last: date

    @property
    def first(self) -> date:
        return month_after(self.last, 1 - MONTHS)

    @cached_property
    def months(self) -> tuple[date, ...]:
        return tuple(month_after(self.first, place) for place in range(MONTHS))

    def days_of(self, month: date) -> int:
        """Days of the month that the span covers."""
        end = min(month_after(month), self.last + timedelta(days=1))
        return (end - month).days
