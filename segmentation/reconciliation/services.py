"""The waiver ledger against the fee feed, a month at a time: gross = net + waived, sent = posted + refused + open."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from customers.feeds import CONTROL
from customers.models import AccountHolder, FeeCharge, FeedClosing, FeeType
from customers.portfolio import PAYING
from segmentation.migration.figures import counts_all
from segmentation.models import Published, WaiverEntry
from segmentation.reconciliation.differences import Difference

STATES = ("posted", "refused", "open", "settled")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """The charges of a fee on the accounts of a branch. `entries` is what the ledger's entries of them come to; the rest by
    what became of those at the core, `unsent` being those that were never sent."""

    fee: str
    fee_code: str
    branch: str
    branch_code: str
    currency: str
    charges: int
    gross: Decimal
    waived: Decimal
    entries: Decimal
    posted: Decimal
    refused: Decimal
    open: Decimal
    settled: Decimal
    unsent: Decimal
    differences: int

    @property
    def net(self) -> Decimal:
        return self.gross - self.waived

    @property
    def balances(self) -> bool:
        parts = self.posted + self.refused + self.open + self.settled + self.unsent
        return self.waived == self.entries == parts


@dataclass(frozen=True)
class Control:
    """A closing of the fee feed: what was announced for its last day, what was there then, and what is there now."""

    closing: FeedClosing
    rows_now: int
    total_now: Decimal | None

    @property
    def fits(self) -> bool:
        rows, total = self.closing.rows, self.closing.total
        return (rows is None or rows == self.rows_now) and (total is None or total == self.total_now)


def data_month() -> date:
    """The month of the data date."""
    published = Published.objects.first()
    return (published.business_date if published else timezone.localdate()).replace(day=1)


def last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def charges_of(month: date, user: Any) -> QuerySet[FeeCharge]:
    """Of the whole book for who counts it, else within reach."""
    rows = FeeCharge.objects.filter(charged_on__range=(month, last_of(month)))
    return rows if counts_all(user) else rows.visible_to(user)


def with_difference(rows: QuerySet[FeeCharge]) -> QuerySet[FeeCharge]:
    """`difference`: why a charge does not fit the ledger, "" where it does."""
    published = Published.objects.order_by("pk").values("business_date")[:1]
    paying = AccountHolder.objects.filter(account=OuterRef("account_id"), role__in=PAYING)
    entries = WaiverEntry.objects.filter(charge=OuterRef("pk"))
    summed = entries.order_by().values("charge").annotate(total=Sum("waived")).values("total")
    return rows.annotate(
        entered=Coalesce(Subquery(summed), ZERO),
        difference=Case(
            When(~Exists(paying), then=Value(Difference.NO_PAYER)),
            When(~Q(waived=F("entered")), then=Value(Difference.UNBALANCED)),
            When(
                Exists(entries.filter(reverses=None).exclude(amount=OuterRef("amount"))), then=Value(Difference.CHANGED)
            ),
            When(assessed_on=None, charged_on__lte=Subquery(published), then=Value(Difference.UNTAKEN)),
            default=Value(""),
            output_field=CharField(),
        ),
    )


def lines(month: date, user: Any) -> list[Line]:
    """By fee, branch and currency."""
    charges = charges_of(month, user)
    keys = ("fee__code", "account__branch__code", "account__branch__name", "account__currency")
    counted = (
        with_difference(charges)
        .order_by()
        .values(*keys)
        .annotate(
            n=Count("pk"), gross=Sum("amount"), spared=Sum("waived"),
            odd=Count("pk", filter=~Q(difference="")),
        )
        .order_by(*keys)
    )  # fmt: skip
    entered = _entered(charges)
    fees = dict(FeeType.objects.values_list("code", "name"))
    return [
        Line(
            fee=fees[row["fee__code"]], fee_code=row["fee__code"], branch=row["account__branch__name"] or "–",
            branch_code=row["account__branch__code"] or "", currency=row["account__currency"], charges=row["n"],
            gross=row["gross"], waived=row["spared"], differences=row["odd"],
            **entered.get((row["fee__code"], row["account__branch__code"], row["account__currency"]), NOTHING),
        )
        for row in counted
    ]  # fmt: skip


NOTHING = dict.fromkeys(("entries", *STATES, "unsent"), ZERO)


def _entered(charges: QuerySet[FeeCharge]) -> dict[tuple, dict[str, Decimal]]:
    """What the entries of the charges come to, in all and by their state at the core."""
    by_state = {state: Sum("waived", filter=Q(posting__state=state), default=ZERO) for state in STATES}
    rows: Any = (
        WaiverEntry.objects.filter(charge__in=charges)
        .order_by()
        .values("charge__fee__code", "account__branch__code", "currency")
        .annotate(entries=Sum("waived"), unsent=Sum("waived", filter=Q(posting=None), default=ZERO), **by_state)
    )
    return {
        (row["charge__fee__code"], row["account__branch__code"], row["currency"]): {name: row[name] for name in NOTHING}
        for row in rows
    }


def controls(month: date) -> list[Control]:
    """The newest closing of each day of the month for which the fee feed was closed."""
    closings = FeedClosing.objects.filter(feed__kind="fees", through__range=(month, last_of(month)))
    newest = closings.order_by("through", "-closed_at", "-pk").distinct("through")
    return [Control(each, *CONTROL["fees"](each.through)) for each in newest]
