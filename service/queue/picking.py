"""Who is called next: one pure function, by the tier and by the wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

# so many VIPs are called one after the other while somebody waits too long
IN_A_ROW = 2
MINUTE = Decimal(60)


@dataclass(frozen=True)
class Fairness:
    """Points for each minute of waiting, beside those of the tier; and how long anybody waits before VIPs stand back."""

    ageing: Decimal
    limit: timedelta


@dataclass(frozen=True)
class Waiting:
    """`key` tells numbers apart, and the smaller one came first."""

    key: int
    weight: int
    since: datetime

    @property
    def is_vip(self) -> bool:
        return self.weight > 0

    def wait(self, at: datetime) -> timedelta:
        return max(at - self.since, timedelta(0))


def priority(one: Waiting, *, at: datetime, fairness: Fairness) -> Decimal:
    """Tier weight + ageing x wait, the wait in minutes."""
    return one.weight + fairness.ageing * Decimal(one.wait(at).total_seconds()) / MINUTE


def ranked(waiting: Iterable[Waiting], *, at: datetime, fairness: Fairness) -> list[Waiting]:
    """As they would be called if nobody waited too long."""
    return sorted(waiting, key=lambda one: (-priority(one, at=at, fairness=fairness), one.since, one.key))


def pick(
    waiting: Sequence[Waiting], *, at: datetime, fairness: Fairness, vips_in_a_row: int, is_shared: bool = True
) -> Waiting | None:
    """Of those whom a counter serves; None where it has nobody to call.

    A counter for VIPs calls them alone. At a shared one, after IN_A_ROW of them it is the turn of those who have waited longer
    than the limit, if there are any.
    """
    if not is_shared:
        waiting = [one for one in waiting if one.is_vip]
    elif vips_in_a_row >= IN_A_ROW:
        late = [one for one in waiting if not one.is_vip and one.wait(at) > fairness.limit]
        waiting = late or waiting
    return next(iter(ranked(waiting, at=at, fairness=fairness)), None)


def in_a_row(calls: Iterable[bool]) -> int:
    """How many VIPs were called last, one after the other; `calls` are the newest first, whether each was one."""
    count = 0
    for is_vip in calls:
        if not is_vip:
            break
        count += 1
    return count
