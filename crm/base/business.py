"""Business days: neither weekend nor public holiday in the country of the bank, and weekends on which it works instead."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.conf import settings
from django.utils import timezone

ONE_DAY = timedelta(days=1)
BACK, AHEAD = 10, 5


@lru_cache(maxsize=4)
def _calendar(country: str) -> holidays.HolidayBase:
    """A country of ISO 3166, or one of its regions: "CN", "DE-BY"."""
    name, _, region = country.partition("-")
    return holidays.country_holidays(name, subdiv=region or None)


def is_business_day(day: date) -> bool:
    return bool(_calendar(settings.CRM_HOLIDAYS).is_working_day(day))


def on_or_after(day: date) -> date:
    """The day itself, where the bank works on it, else the next one on which it does."""
    while not is_business_day(day):
        day += ONE_DAY
    return day


def next_business_moment(at: datetime) -> datetime:
    """The same hour of the next business day."""
    local = timezone.localtime(at)
    return local + (on_or_after(local.date() + ONE_DAY) - local.date())


def business_days(around: date) -> tuple[date, ...]:
    """All of them from ten years before the year of a day to five years after it."""
    return _between(settings.CRM_HOLIDAYS, around.year - BACK, around.year + AHEAD)


@lru_cache(maxsize=8)
def _between(country: str, first: int, last: int) -> tuple[date, ...]:
    calendar = _calendar(country)
    since, count = date(first, 1, 1), (date(last, 12, 31) - date(first, 1, 1)).days + 1
    return tuple(day for place in range(count) if calendar.is_working_day(day := since + place * ONE_DAY))


def business_days_between(first: date, last: date) -> int:
    """How many lie after the first day, up to the last one."""
    days = business_days(last)
    return bisect_right(days, last) - bisect_left(days, first + ONE_DAY)
