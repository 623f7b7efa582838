"""Who would have fallen, had the balance feed been closed: counted per tier for those who may count, named in reach."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from crm.identity.models import User
from crm.jobs.models import Run
from segmentation.models import SchemeVersion, TierDecision
from segmentation.schemes import Scheme

COUNTS_ALL = (User.Role.ADMIN, User.Role.APPROVER)


@dataclass
class HeldTier:
    """Of the customers of a tier below its level: who would have fallen, who would have been put on watch."""

    name: str
    code: str
    rank: int
    falls: int = 0
    watches: int = 0


def held_of(run: Run) -> QuerySet[TierDecision]:
    """The decisions of a published night that the missing feed held."""
    assert run.business_date is not None
    rows = TierDecision.objects.filter(run=run, business_date=run.business_date, outcome=TierDecision.Outcome.HELD)
    return rows.published()


def counted_for(user: Any, run: Run) -> QuerySet[TierDecision]:
    """Of the whole book for who sees no customer but counts them all; else of the own reach."""
    rows = held_of(run)
    return rows if user.role in COUNTS_ALL else rows.visible_to(user)


def tiers_of(rows: QuerySet[TierDecision]) -> list[HeldTier]:
    """Per tier, the highest first."""
    schemes = {version.pk: Scheme.parse(version.content) for version in SchemeVersion.objects.all()}
    found: dict[int, HeldTier] = {}
    counted = rows.order_by().values(
        "scheme_version", "months_below", "tier_before", "tier_before__code", "tier_before__name", "tier_before__rank"
    )
    for row in counted.annotate(n=Count("pk")):
        tier = found.setdefault(
            row["tier_before"], HeldTier(row["tier_before__name"], row["tier_before__code"], row["tier_before__rank"])
        )
        if would_fall(schemes[row["scheme_version"]], row["tier_before__code"], row["months_below"]):
            tier.falls += row["n"]
        else:
            tier.watches += row["n"]
    return sorted(found.values(), key=lambda tier: -tier.rank)


def would_fall(scheme: Scheme, code: str, below: int) -> bool:
    """Whether one more month below ends the tier's grace; a tier that the version has no longer has none."""
    rank = scheme.rank(code)
    return rank is None or below + 1 >= scheme.tiers[rank].grace_months
