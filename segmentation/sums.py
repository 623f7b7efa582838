"""What entries of the waiver ledger come to, for the page and REST: equal to the entries that the same filter lists."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from customers.models import FeeType
from segmentation.models import WaiverEntry


@dataclass(frozen=True)
class TierSum:
    """Of the entries of one tier and fee: what was waived, what of it was taken back (below zero), and what is left."""

    tier: str
    tier_code: str
    fee: str
    fee_code: str
    entries: int
    waived: Decimal
    reversed: Decimal

    @property
    def back(self) -> Decimal:
        return -self.reversed

    @property
    def net(self) -> Decimal:
        return self.waived + self.reversed


@dataclass(frozen=True)
class Total:
    """What the entries in one currency come to, and the sums that it is made of."""

    currency: str
    sums: list[TierSum]

    @property
    def entries(self) -> int:
        return sum(each.entries for each in self.sums)

    @property
    def waived(self) -> Decimal:
        return sum((each.waived for each in self.sums), Decimal(0))

    @property
    def reversed(self) -> Decimal:
        return sum((each.reversed for each in self.sums), Decimal(0))

    @property
    def back(self) -> Decimal:
        return -self.reversed

    @property
    def net(self) -> Decimal:
        return self.waived + self.reversed


def totals(entries: QuerySet[WaiverEntry]) -> list[Total]:
    """By currency: per tier and fee, the largest first."""
    fees = dict(FeeType.objects.values_list("code", "name"))
    rows = (
        entries.order_by()
        .values("currency", "fee_code", name=F("tier__name"), code=F("tier__code"))
        .annotate(
            entries=Count("pk"),
            given=Sum("waived", filter=Q(reverses=None), default=Decimal(0)),
            back=Sum("waived", filter=Q(reverses__isnull=False), default=Decimal(0)),
            total=Sum("waived"),
        )
        .order_by("currency", "-total", "code", "fee_code")
    )
    found: dict[str, list[TierSum]] = defaultdict(list)
    for row in rows:
        fee = row["fee_code"]
        each = TierSum(row["name"], row["code"], fees.get(fee, fee), fee, row["entries"], row["given"], row["back"])
        found[row["currency"]].append(each)
    return [Total(currency, sums) for currency, sums in found.items()]
