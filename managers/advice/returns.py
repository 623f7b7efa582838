"""How the assets of a customer changed: what they brought, and what the money earned beside it.

Of each closed month, in the currency of the facts: opening + net new money + return = closing, to the cent. Net new money is
what was credited less what was debited, as targets count it; the return is the rest of the change.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce

from customers.models import Customer
from segmentation.models import FactsMonth, Published

MONTHS = (3, 6, 12, 24)
USUAL = 12
ONE = Decimal(1)


@dataclass(frozen=True)
class Month:
    """`on` is its last day."""

    on: date
    currency: str
    opening: Decimal
    net_new_money: Decimal
    closing: Decimal

    @property
    def portfolio_return(self) -> Decimal:
        return self.closing - self.opening - self.net_new_money

    @property
    def rate(self) -> Decimal | None:
        """Of the month, as a fraction, by the modified Dietz formula with the new money in the middle of the month."""
        worked = self.opening + self.net_new_money / 2
        return self.portfolio_return / worked if worked > 0 else None


@dataclass
class Stretch:
    """Months that follow each other in one currency, each opening with what the one before closed with; the oldest first."""

    months: list[Month] = field(default_factory=list)

    @property
    def currency(self) -> str:
        return self.months[0].currency

    @property
    def since(self) -> date:
        return self.months[0].on.replace(day=1)

    @property
    def until(self) -> date:
        return self.months[-1].on

    @property
    def opening(self) -> Decimal:
        return self.months[0].opening

    @property
    def closing(self) -> Decimal:
        return self.months[-1].closing

    @property
    def net_new_money(self) -> Decimal:
        return sum((month.net_new_money for month in self.months), Decimal(0))

    @property
    def portfolio_return(self) -> Decimal:
        return sum((month.portfolio_return for month in self.months), Decimal(0))

    @property
    def rate(self) -> Decimal | None:
        """The months' linked; None where one of them has none."""
        rates = [month.rate for month in self.months]
        known = [ONE + rate for rate in rates if rate is not None]
        return reduce(lambda one, other: one * other, known) - ONE if len(known) == len(rates) else None


def stretches_of(customer: Customer, months: int) -> list[Stretch]:
    """Of the last closed months that were published, the newest stretch first. Two queries."""
    through = Published.objects.values_list("business_date", flat=True).first()
    if through is None:
        return []
    rows = FactsMonth.objects.filter(customer=customer, business_date__lte=through)
    found = list(rows.order_by("-business_date")[: months + 1])
    if len(found) > months:
        return stretched(found[:months], found[-1])
    return stretched(found, None)


def stretched(rows: Iterable[FactsMonth], before: FactsMonth | None) -> list[Stretch]:
    """`rows` from the newest to the oldest, `before` the one that follows; a figure that is not known ends a stretch."""
    found: list[Stretch] = []
    last = before
    for row in reversed(list(rows)):
        opening, goes_on = _opening(row, last)
        month = _month(row, opening)
        if month and goes_on and found and found[-1].until == _eve(row):
            found[-1].months.append(month)
        elif month:
            found.append(Stretch([month]))
        last = row
    return found[::-1]


def _opening(row: FactsMonth, last: FactsMonth | None) -> tuple[Decimal | None, bool]:
    """What the month opened with, None where that is not known; and whether it is what the row before closed with."""
    if last and last.business_date == _eve(row) and last.currency == row.currency:
        return last.balance, True
    is_new = row.first_opened_on and row.first_opened_on >= row.business_date.replace(day=1)
    return (Decimal(0) if is_new else None), False


def _month(row: FactsMonth, opening: Decimal | None) -> Month | None:
    if opening is None or row.balance is None or row.credits_month is None or row.debits_month is None:
        return None
    return Month(row.business_date, row.currency, opening, row.credits_month - row.debits_month, row.balance)


def _eve(row: FactsMonth) -> date:
    """The last day of the month before."""
    return row.business_date.replace(day=1) - timedelta(days=1)
