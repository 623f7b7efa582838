"""Hours of a week as they pass, by the clock on the wall: how many must be there, who is, and what is missing. Nights on which clocks are
set have an hour more or less, and so has the roster."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from crm.base.days import midnight
from crm.identity.models import Team
from managers.models import Absence
from service.models import Demand, DeskProfile, Shift

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """`starts_at`, `ends_at` of one who works."""

    user_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Gap:
    """Hours that follow one another and of which each misses as many."""

    starts_at: datetime
    ends_at: datetime
    missing: int


def hours_between(first: datetime, last: datetime) -> list[datetime]:
    """Beginnings of hours, as time passes."""
    found, moment = [], first.astimezone(UTC)
    while moment < last:
        found.append(moment)
        moment += HOUR
    return found


def missing(
    needed: dict[tuple[int, int], int], spans: Iterable[Span], hours: Iterable[datetime]
) -> list[tuple[datetime, int]]:
    """By hour how many are missing, where some are: who works a part of an hour is not there in it."""
    rows = list(spans)
    found = []
    for hour in hours:
        local = timezone.localtime(hour)
        wanted = needed.get((local.weekday(), local.hour), 0)
        there = (
            {row.user_id for row in rows if row.starts_at <= hour and row.ends_at >= hour + HOUR} if wanted else set()
        )
        if wanted > len(there):
            found.append((hour, wanted - len(there)))
    return found


def joined(rows: Iterable[tuple[datetime, int]]) -> list[Gap]:
    found: list[Gap] = []
    for hour, count in rows:
        if found and found[-1].ends_at == hour and found[-1].missing == count:
            found[-1] = Gap(found[-1].starts_at, hour + HOUR, count)
        else:
            found.append(Gap(hour, hour + HOUR, count))
    return found


def needed_of(team: Team) -> dict[tuple[int, int], int]:
    rows = Demand.objects.filter(team=team).values_list("weekday", "hour", "needed")
    return {(weekday, hour): needed for weekday, hour, needed in rows}


def gaps(team: Team, first: date, last: date) -> list[Gap]:
    """From the first day to before the last; who is away is not there."""
    begin, end = midnight(first), midnight(last)
    rows = Shift.objects.filter(roster__team=team).between(begin, end).values_list("user_id", "starts_at", "ends_at")
    spans = [Span(*row) for row in rows]
    away = away_of({span.user_id for span in spans}, first - DAY, last)
    there = [span for span in spans if not away[span.user_id] & set(days_of(span.starts_at, span.ends_at))]
    return joined(missing(needed_of(team), there, hours_between(begin, end)))


def days_of(starts_at: datetime, ends_at: datetime) -> list[date]:
    """On which some of it lies."""
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at - timedelta(microseconds=1))
    return [first + number * DAY for number in range((last - first).days + 1)]


def away_of(users: Iterable[int], first: date, last: date) -> dict[int, set[date]]:
    """By user the days from the first to before the last on which they are absent."""
    found: dict[int, set[date]] = defaultdict(set)
    keys = list(users)
    spans = list(
        Absence.objects.filter(manager__in=keys, since__lt=last, until__gt=first).values_list(
            "manager", "since", "until"
        )
    )
    profiles = DeskProfile.objects.filter(user__in=keys, away_until__gt=first).values_list("user", "away_until")
    spans += [(user, timezone.localdate(), until) for user, until in profiles if until]
    for user, since, until in spans:
        day = max(since, first)
        while day < min(until, last):
            found[user].add(day)
            day += DAY
    return found
