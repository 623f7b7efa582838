"""Who uses a benefit: how many customers have it from their tier, by an override, and how often it was used this year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from segmentation.migration.figures import counts_all
from segmentation.models import EntitlementOverride, EntitlementUse, TierPeriod
from segmentation.standards.definition import Benefit, Standard
from segmentation.standards.periods import Period


@dataclass(frozen=True)
class Usage:
    benefit: Benefit
    customers: int
    overrides: int
    uses: int


def usage_of(standard: Standard, user: Any, on: date) -> list[Usage]:
    """Over the whole book for who counts it, else within the reach; `on` says which year."""
    members = _counted(_within(TierPeriod.objects.holding(on), user), "tier__code")
    ruled = _counted(_within(EntitlementOverride.objects.holding(on), user), "benefit__code")
    starts, ends = Period.YEAR.around(on)
    rows = _within(EntitlementUse.objects.filter(used_on__gte=starts, used_on__lt=ends), user).order_by()
    uses = dict(rows.values("benefit__code").annotate(n=Sum("counts")).values_list("benefit__code", "n"))
    return [
        Usage(
            benefit=each,
            customers=sum(members.get(right.tier, 0) for right in standard.rights if right.benefit == each.code),
            overrides=ruled.get(each.code, 0),
            uses=uses.get(each.code, 0),
        )
        for each in standard.benefits
    ]


def _within(rows: Any, user: Any) -> Any:
    return rows if counts_all(user) else rows.visible_to(user)


def _counted(rows: QuerySet, by: str) -> dict[str, int]:
    return dict(rows.order_by().values(by).annotate(n=Count("pk")).values_list(by, "n"))
