"""Plan against actual: how far each goal is at the data date, and what is missing."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef

from customers.models import Customer
from managers.models import Assignment, CustomerPlan, PlanGoal
from segmentation.models import ClosedMonth, Facts, FactsMonth, Published, Tier, TierPeriod

Kind = PlanGoal.Kind
CENT = Decimal("0.01")
MONTHS = 12


@dataclass(frozen=True)
class Standing:
    """What the bank knows of the customer at its data date; None is unknown."""

    on: date | None = None
    balance: Decimal | None = None
    currency: str = ""
    products: int | None = None

    def balance_in(self, currency: str) -> Decimal | None:
        """Nothing is converted: another currency than that of the customer's scheme is unknown."""
        return self.balance if currency == self.currency else None


@dataclass(frozen=True)
class Line:
    """A goal beside the figure of the data date. `missing` is 0 where it is reached, None where nothing is known."""

    goal: PlanGoal
    actual: Decimal | None
    missing: Decimal | None

    @property
    def is_reached(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True)
class MonthEnd:
    on: date
    balance: Decimal
    share: Decimal | None


def standing_of(customer: Customer) -> Standing:
    facts = Facts.objects.filter(customer=customer).first()
    published = Published.objects.first()
    if facts is None or published is None:
        return Standing()
    return Standing(published.business_date, facts.balance, facts.currency, facts.products_held)


def share_of(plan: CustomerPlan, balance: Decimal | None) -> Decimal | None:
    """The bank's part of what the customer has at all banks, in percent; above 100 the estimate is too low."""
    if balance is None or plan.wallet is None:
        return None
    return (max(balance, Decimal(0)) * 100 / plan.wallet).quantize(CENT, ROUND_HALF_UP)


def against_actual(plan: CustomerPlan, goals: Iterable[PlanGoal], standing: Standing) -> list[Line]:
    lines = []
    for goal in goals:
        actual = _actual(plan, goal, standing)
        missing = None if actual is None or goal.figure is None else max(goal.figure - actual, Decimal(0))
        lines.append(Line(goal, actual, missing))
    return lines


def _actual(plan: CustomerPlan, goal: PlanGoal, standing: Standing) -> Decimal | None:
    match goal.kind:
        case Kind.BALANCE:
            return standing.balance_in(goal.currency)
        case Kind.WALLET:
            return share_of(plan, standing.balance_in(plan.currency))
        case Kind.PRODUCTS:
            return None if standing.products is None else Decimal(standing.products)
    return None


def month_ends(plan: CustomerPlan) -> list[MonthEnd]:
    """The last ones that were closed, the newest first, in the currency of the plan."""
    months = ClosedMonth.objects.values_list("month", flat=True)[:MONTHS]
    ends = [month.replace(day=monthrange(month.year, month.month)[1]) for month in months]
    rows = FactsMonth.objects.filter(customer=plan.customer_id, business_date__in=ends, currency=plan.currency)
    found = rows.order_by("-business_date").values_list("business_date", "balance")
    return [MonthEnd(on, balance, share_of(plan, balance)) for on, balance in found if balance is not None]


def half_a_year_after(day: date) -> date:
    """The same day of the month, or the last one of a shorter month."""
    year, month = day.year + (day.month + 5) // 12, (day.month + 5) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_planned(customer: Customer, on: date) -> bool:
    """Companies and institutions; persons in the highest tier of their scheme, or with an executive sponsor."""
    if customer.kind != Customer.Kind.PERSON:
        return True
    sponsored = Assignment.objects.holding(on).filter(customer=customer, role=Assignment.Role.SPONSOR)
    return sponsored.exists() or _is_highest(customer)


def _is_highest(customer: Customer) -> bool:
    """Whether no tier of the scheme stands above the one that the customer has."""
    above = Tier.objects.filter(scheme=OuterRef("tier__scheme"), rank__gt=OuterRef("tier__rank"))
    return TierPeriod.objects.open().filter(~Exists(above), customer=customer).exists()
