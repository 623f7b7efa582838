"""A day of a branch, drawn by lot: what rules of the queue do to those who wait. The same seed gives the same day."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from statistics import quantiles

from service.queue.picking import Fairness, Waiting, in_a_row, pick

OPENS = datetime(2026, 1, 5, 1, tzinfo=UTC)
HOURS, CUSTOMERS, COUNTERS = 8, 600, 4
MINUTE = timedelta(minutes=1)
# how many of a hundred come with which weight
WEIGHTS = {0: 84, 1: 9, 2: 4, 4: 2, 8: 1}
# minutes at a counter: at four counters about as many as the day has
SERVED = 3.1


@dataclass(frozen=True)
class Called:
    """`late` are the ordinary customers that had waited longer than the limit when this one was called."""

    at: datetime
    counter: int
    one: Waiting
    late: int

    @property
    def wait(self) -> timedelta:
        return self.one.wait(self.at)


def branch_day(
    *, seed: int, fairness: Fairness, customers: int = CUSTOMERS, counters: int = COUNTERS, of_vips: int = 0
) -> list[Called]:
    """The calls in their order; of the counters `of_vips` are for VIPs alone."""
    lot = Random(seed)
    coming = sorted(_arrivals(lot, customers), key=lambda one: one.since, reverse=True)
    free = [(OPENS, counter) for counter in range(counters)]
    waiting: list[Waiting] = []
    calls: list[Called] = []
    rows: dict[int, list[bool]] = defaultdict(list)
    while coming or waiting:
        at, counter = heapq.heappop(free)
        is_shared = counter >= of_vips
        while coming and coming[-1].since <= at:
            waiting.append(coming.pop())
        row = max(in_a_row(reversed(rows[counter])), in_a_row(reversed(rows[-1])))
        found = pick(waiting, at=at, fairness=fairness, vips_in_a_row=row, is_shared=is_shared)
        if found is None:
            # until the next one comes; a counter for VIPs alone may close when nobody comes any more
            if coming:
                heapq.heappush(free, (max(coming[-1].since, at), counter))
            continue
        late = sum(not one.is_vip and one.wait(at) > fairness.limit for one in waiting)
        waiting.remove(found)
        calls.append(Called(at, counter, found, late))
        if is_shared:
            rows[counter].append(found.is_vip)
            rows[-1].append(found.is_vip)
        heapq.heappush(free, (at + lot.expovariate(1 / SERVED) * MINUTE, counter))
    return calls


def _arrivals(lot: Random, customers: int) -> list[Waiting]:
    """Most of them in the late morning and after lunch."""
    whole = HOURS * 60
    found = []
    for key in range(customers):
        at = lot.choice((lot.uniform(0, whole), lot.gauss(whole * 0.25, 50), lot.gauss(whole * 0.65, 60)))
        weight = lot.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        found.append(Waiting(key, weight, OPENS + min(max(at, 0.0), float(whole)) * MINUTE))
    return found


@dataclass(frozen=True)
class Figures:
    """Minutes."""

    count: int
    p50: float
    p90: float
    longest: float


def figures(calls: Sequence[Called]) -> Figures:
    waits = sorted(call.wait / MINUTE for call in calls)
    tenths = quantiles(waits, n=10, method="inclusive")
    return Figures(len(waits), tenths[4], tenths[8], waits[-1])


@lru_cache(maxsize=32)
def what_follows(fairness: Fairness, seed: int = 1) -> tuple[Figures, Figures]:
    """Of VIPs and of the others, on one and the same day for all rules."""
    calls = branch_day(seed=seed, fairness=fairness)
    return figures([each for each in calls if each.one.is_vip]), figures(
        [each for each in calls if not each.one.is_vip]
    )
