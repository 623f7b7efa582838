"""What a customer is worth, as pages and REST tell it: the lines of the year and of each of its months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.money import rounded
from customers.models import Customer
from segmentation.models import ClosedMonth, ValueMonth, ValueYear
from segmentation.value.assumptions import assumptions_of
from segmentation.value.parts import DIGITS
from segmentation.value.versions import last_day, valued_months, version_of

LABELS: dict[str, str | Promise] = {
    "deposits": _("Deposit margin"),
    "loans": _("Loan margin"),
    "fees": _("Fees"),
    "waivers": _("Waivers"),
    "commissions": _("Commissions"),
    "activities": _("Cost of activities"),
    "losses": _("Expected loss"),
}


@dataclass(frozen=True)
class Line:
    """`amount` adds to the value, so what is taken off is negative; None where it is not known."""

    name: str
    amount: Decimal | None

    @property
    def label(self) -> str:
        return str(LABELS[self.name])


@dataclass(frozen=True)
class Told:
    """A month, or the year through it. `value` is the sum of the lines, None where one of them is not known."""

    month: date
    currency: str
    lines: list[Line]

    @property
    def value(self) -> Decimal | None:
        known = [line.amount for line in self.lines if line.amount is not None]
        return sum(known, Decimal(0)) if len(known) == len(self.lines) else None


@dataclass(frozen=True)
class Worth:
    """`months` are those that the year holds, also where nothing happened in them; `discount` the yearly fraction."""

    as_of: date
    months: list[date]
    year: Told | None
    lifetime: Decimal | None
    by_month: list[Told]
    discount: Decimal

    @property
    def largest(self) -> Decimal:
        """Of the months, whatever their sign."""
        return max((abs(each.value) for each in self.by_month if each.value), default=Decimal(0))


def worth_of(customer: Customer) -> Worth | None:
    """None before the first month was reckoned."""
    months = valued_months()
    version = version_of(months[-1]) if months else None
    if version is None:
        return None
    year = ValueYear.objects.filter(customer=customer, month=months[-1]).first()
    rows = ValueMonth.objects.filter(customer=customer, month__in=months).order_by("month")
    return Worth(
        as_of=last_day(months[-1]),
        months=months,
        year=Told(year.month, year.currency, list(_lines(year, ()))) if year else None,
        lifetime=year.lifetime if year else None,
        by_month=[Told(row.month, row.currency, list(_lines(row, ValueMonth.YEARLY))) for row in rows],
        discount=assumptions_of(version.content).discount_rate,
    )


def newest_years() -> QuerySet[ValueYear]:
    """Of each customer of whom something is told, the one through the newest closed month."""
    newest = ClosedMonth.objects.order_by("-month").values("month")[:1]
    return ValueYear.objects.filter(month=Subquery(newest))


def _lines(row: Any, undivided: Iterable[str]) -> Iterable[Line]:
    for name in ValueMonth.LINES:
        amount = getattr(row, name)
        if amount is not None:
            with localcontext(prec=DIGITS):
                amount = rounded(amount / 365 if name in undivided else amount, row.currency)
            amount = -amount if name in ValueMonth.TAKEN and amount else amount
        yield Line(name, amount)
