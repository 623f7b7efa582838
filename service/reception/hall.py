"""Who is here, who waits and who is expected at a branch, by tier."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from segmentation.models import TierPeriod
from service.models import Booking, BranchQueue, QueueNumber


@dataclass
class Line:
    """Of a tier; "" is of those of whom none is known."""

    tier: str
    code: str
    rank: int
    counts: Counter = field(default_factory=Counter)

    @property
    def here(self) -> int:
        """At a counter or with a manager."""
        return self.counts["here"]

    @property
    def waiting(self) -> int:
        return self.counts["waiting"]

    @property
    def expected(self) -> int:
        return self.counts["expected"]


def bookings_at(queue: BranchQueue, now: datetime) -> list[Booking]:
    """Of today, that stand; `tier` of each as (name, code, rank) by annotations."""
    open_now = TierPeriod.objects.open().filter(customer=OuterRef("meeting__customer"))
    told = {f"tier_{name}": Subquery(open_now.values(f"tier__{name}")[:1]) for name in ("name", "code", "rank")}
    rows = Booking.objects.standing().on(timezone.localdate(now)).filter(room__branch=queue.branch_id)
    return list(
        rows.annotate(**told)
        .select_related("meeting__customer", "meeting__manager", "room__branch")
        .order_by("starts_at", "pk")
    )


def numbers_at(queue: BranchQueue, now: datetime) -> list[QueueNumber]:
    """Of today, that wait or are at a counter."""
    rows = QueueNumber.objects.filter(queue=queue).on(timezone.localdate(now)).exclude(state__in=QueueNumber.ENDED)
    return list(rows.select_related("tier", "kind", "customer", "counter").order_by("-weight", "taken_at", "pk"))


def lines_of(numbers: list[QueueNumber], bookings: list[Any]) -> list[Line]:
    """Each person once where they are: the highest tier first."""
    lines: dict[str, Line] = {}

    def count(tier: tuple[str, str, int], what: str) -> None:
        lines.setdefault(tier[1], Line(*tier)).counts[what] += 1

    for number in numbers:
        tier = (number.tier.name, number.tier.code, number.tier.rank) if number.tier else ("", "", -1)
        count(tier, "waiting" if number.waits else "here")
    for booking in bookings:
        tier = (
            booking.tier_name or "",
            booking.tier_code or "",
            -1 if booking.tier_rank is None else booking.tier_rank,
        )
        count(tier, "here" if booking.state == Booking.State.ARRIVED else "expected")
    return sorted(lines.values(), key=lambda line: -line.rank)
