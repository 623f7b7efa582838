"""When a desk works: the hours of each weekday in its own time zone, less the holidays of a country; or always."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Calendar:
    """`hours` are minutes after midnight, from and until, of Monday to Sunday; none at all is a desk that always works.

    On a weekend on which the country works instead of a holiday, a desk that has no hours then keeps those of its first day.
    """

    code: str
    name: str
    zone: str = "UTC"
    hours: tuple[tuple[tuple[int, int], ...], ...] = ()
    country: str = ""

    @property
    def is_always(self) -> bool:
        return not self.hours

    @property
    def weekly(self) -> timedelta:
        """Of a week without holidays."""
        return timedelta(minutes=sum(until - since for day in self.hours for since, until in day)) or 7 * DAY

    def hours_on(self, day: date) -> tuple[tuple[int, int], ...]:
        own = self.hours[day.weekday()]
        if not self.country:
            return own
        land = _country(self.country)
        if day in land:  # a look that also fills in the year, and with it the weekends on which it works
            return ()
        return own if own or day not in land.weekend_workdays else next(each for each in self.hours if each)

    def spans_from(self, start: datetime) -> Iterator[Span]:
        """Working time from a moment on, in order, without end. Only for a desk that does not always work."""
        day = start.astimezone(ZoneInfo(self.zone)).date() - DAY
        while True:
            yield from (span for span in spans_on(self, day) if span[1] > start)
            day += DAY


ALWAYS = Calendar("24x7", "24x7")


@lru_cache(maxsize=16)
def _country(code: str) -> holidays.HolidayBase:
    name, _, region = code.partition("-")
    return holidays.country_holidays(name, subdiv=region or None)


def is_working_day(country: str, day: date) -> bool:
    """Neither weekend nor holiday, or a weekend on which it works instead."""
    return bool(_country(country).is_working_day(day))


@lru_cache(maxsize=20_000)
def spans_on(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """Every moment of the day whose wall-clock time lies within the hours: an hour that is skipped is none, one that comes twice is two."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    found = []
    for since, until, offset in _offsets(calendar.zone, day):
        for opens, closes in calendar.hours_on(day):
            first = max(since, midnight + timedelta(minutes=opens) - offset)
            last = min(until, midnight + timedelta(minutes=closes) - offset)
            if first < last:
                found.append((first, last))
    return tuple(_joined(sorted(found)))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Where clocks are set, two that touch are one."""
    held: Span | None = None
    for span in spans:
        if held and span[0] <= held[1]:
            held = (held[0], max(held[1], span[1]))
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _offsets(zone: str, day: date) -> list[tuple[datetime, datetime, timedelta]]:
    """From when until when the clocks were how far from UTC, around a day: one row, or two where they are set on it."""
    place = ZoneInfo(zone)
    low = datetime(day.year, day.month, day.day, tzinfo=UTC) - DAY
    high = low + 3 * DAY
    before, after = _offset(low, place), _offset(high, place)
    if before == after:
        return [(low, high, before)]
    kept, found = low, high
    while (minutes := (found - kept) // MINUTE) > 1:
        middle = kept + minutes // 2 * MINUTE
        kept, found = (middle, found) if _offset(middle, place) == before else (kept, middle)
    return [(low, found, before), (found, high, after)]


def _offset(at: datetime, place: ZoneInfo) -> timedelta:
    return at.astimezone(place).utcoffset() or timedelta()
