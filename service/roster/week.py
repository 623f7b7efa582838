"""A week as a table: people down, days across."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from service.models import Roster, Shift
from service.roster.hours import DAY


@dataclass(frozen=True)
class Week:
    """`rows`: who, their shifts by day, and the hours that they work."""

    days: list[date]
    rows: list[tuple[Any, list[list[Shift]], float]]


def week_of(roster: Roster) -> Week:
    days = [roster.week_on + number * DAY for number in range(7)]
    shifts: dict[Any, list[Shift]] = defaultdict(list)
    for shift in Shift.objects.filter(roster=roster).select_related("user").order_by("user__username", "starts_at"):
        shifts[shift.user].append(shift)
    rows = []
    for user, own in shifts.items():
        by_day = [[shift for shift in own if timezone.localdate(shift.starts_at) == day] for day in days]
        hours = sum((shift.ends_at - shift.starts_at).total_seconds() for shift in own) / 3600
        rows.append((user, by_day, hours))
    return Week(days, rows)
