"""Who was born on which days has their birthday on a day, by the sun and by the moon (docs/adr)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lunar_python import LunarYear, Solar

EARLIEST = 1899  # whose last month holds the first days of 1900
SHORT, LONG = 29, 30


@dataclass(frozen=True)
class Births:
    """Everybody who was born on `born`, and keeps this calendar, has the birthday of the year `year` on `falls_on`."""

    born: date
    falls_on: date
    year: int
    is_lunar: bool


@dataclass(frozen=True)
class Month:
    """A month of the lunar calendar; a leap month follows the one of the same number."""

    number: int
    is_leap: bool
    first: date
    days: int


@lru_cache(maxsize=512)
def months_of(year: int) -> tuple[Month, ...]:
    """The months of a lunar year."""
    months = [month for month in LunarYear.fromYear(year).getMonths() if month.getYear() == year]
    return tuple(
        Month(
            number=abs(month.getMonth()),
            is_leap=month.getMonth() < 0,
            first=date.fromisoformat(Solar.fromJulianDay(month.getFirstJulianDay()).toYmd()),
            days=month.getDayCount(),
        )
        for month in months
    )


def births_between(since: date, until: date) -> Iterator[Births]:
    """Of the birthdays from one day to the day before another."""
    day = since
    while day < until:
        yield from _by_the_sun(day)
        yield from _by_the_moon(day)
        day += timedelta(days=1)


def _by_the_sun(day: date) -> Iterator[Births]:
    """Who was born on 29 February has the birthday on the 28th where there is none."""
    leaps = (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3
    for year in range(EARLIEST, day.year + 1):
        for number in (day.day, 29) if leaps else (day.day,):
            born = _date(year, day.month, number)
            if born and born < day:
                yield Births(born, day, day.year, is_lunar=False)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _by_the_moon(day: date) -> Iterator[Births]:
    """Who was born in a leap month has the birthday in the plain one of the same number; who was born on the 30th has it
    on the 29th where the month has no more days."""
    year, month = _month_with(day)
    if month.is_leap:
        return
    place = (day - month.first).days + 1
    places = (SHORT, LONG) if place == SHORT == month.days else (place,)
    for each in range(EARLIEST, year + 1):
        for other in months_of(each):
            for place in places:
                if other.number == month.number and place <= other.days:
                    born = other.first + timedelta(days=place - 1)
                    if born <= day:
                        yield Births(born, day, year, is_lunar=True)


def _month_with(day: date) -> tuple[int, Month]:
    for year in (day.year, day.year - 1):
        for month in months_of(year):
            if month.first <= day < month.first + timedelta(days=month.days):
                return year, month
    raise ValueError(f"the lunar calendar does not know {day}")
