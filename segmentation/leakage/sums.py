"""What leaks, per fee and tier: the sums that a page shows, each of which lists its charges by the same filter."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from customers.models import FeeType
from segmentation.models import Leak


@dataclass(frozen=True)
class LeakSum:
    """`without` was waived without right, `despite` was charged despite right."""

    fee: str
    fee_code: str
    tier: str
    tier_code: str
    charges: int
    without: Decimal
    despite: Decimal
    currency: str


def sums_of(leaks: QuerySet[Leak]) -> list[LeakSum]:
    fees = dict(FeeType.objects.values_list("code", "name"))
    rows = (
        leaks.order_by()
        .values("fee_code", "currency", name=F("tier__name"), code=F("tier__code"))
        .annotate(
            charges=Count("pk"),
            without=Sum(F("waived") - F("due"), filter=Q(waived__gt=F("due")), default=Decimal(0)),
            despite=Sum(F("due") - F("waived"), filter=Q(due__gt=F("waived")), default=Decimal(0)),
        )
        .order_by("currency", "fee_code", "code")
    )
    return [
        LeakSum(
            fees.get(row["fee_code"], row["fee_code"]), row["fee_code"], row["name"] or "–", row["code"] or "",
            row["charges"], row["without"], row["despite"], row["currency"],
        )
        for row in rows
    ]  # fmt: skip
