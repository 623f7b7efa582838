"""What moved on an account in a period, and what lay on it before and after each movement."""

import hashlib
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from decimal import Decimal

from customers.models import Account, Balance, Transaction


@dataclass(frozen=True)
class Line:
    """`amount` is signed; `balance` is what lay on the account after it."""

    on: date
    kind: str
    counterparty: str
    description: str
    amount: Decimal
    balance: Decimal


@dataclass(frozen=True)
class Statement:
    """In the account's currency. `reported` is the end-of-day balance of `until` as the bank's core reported it last.

    Transactions never change balances: where `reported` is not what the movements lead to, `unexplained` says by how much.
    """

    account: Account
    since: date
    until: date
    opening: Decimal
    lines: tuple[Line, ...]
    reported: Decimal

    @property
    def closing(self) -> Decimal:
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def unexplained(self) -> Decimal:
        return self.reported - self.closing

    @property
    def credits(self) -> Decimal:
        return sum((line.amount for line in self.lines if line.amount > 0), Decimal(0))

    @property
    def debits(self) -> Decimal:
        return sum((line.amount for line in self.lines if line.amount < 0), Decimal(0))

    def digest(self) -> str:
        """SHA-256 of everything that it says."""
        said = [self.opening, self.reported, *map(astuple, self.lines)]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def statement_of(account: Account, *, since: date, until: date, most: int | None = None) -> Statement:
    """From `since` through `until`, both days included, by date and then by number, the first `most`. Three queries."""
    rows = Transaction.objects.filter(account=account, booked_on__range=(since, until)).order_by("booked_on", "number")
    opening = balance = _lying(account, through=since - timedelta(days=1))
    lines = []
    for on, kind, counterparty, description, amount in rows.values_list(
        "booked_on", "kind", "counterparty", "description", "amount"
    )[:most]:
        balance += amount
        lines.append(Line(on, kind, counterparty, description, amount, balance))
    return Statement(account, since, until, opening, tuple(lines), _lying(account, through=until))


def _lying(account: Account, *, through: date) -> Decimal:
    """The last balance that was reported through a day; before the first report nothing lay there."""
    rows = Balance.objects.filter(account=account, on__lte=through).order_by("-on")
    return rows.values_list("amount", flat=True).first() or Decimal(0)
