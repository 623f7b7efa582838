"""What customers have and owe, by customer and currency, and in one currency where the rates are known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from crm.base.money import rounded
from crm.base.sql import rows_of
from customers.models import Product
from customers.rates import rates_to, without_rate

SQL = Path(__file__).parent / "sql"
# by currency, each customer's amount
Amounts = Mapping[str, Mapping[int, Decimal]]


@dataclass(frozen=True)
class Held:
    assets: Amounts
    debts: Amounts


def held_by(customers: Iterable[int], on: date) -> Held:
    """One query. A joint account counts by share, so it counts once however many of its holders are asked of."""
    assets: dict[str, dict[int, Decimal]] = defaultdict(dict)
    debts: dict[str, dict[int, Decimal]] = defaultdict(dict)
    ids = sorted(set(customers))
    if ids:
        for row in rows_of(SQL / "held.sql", customers=ids, day=on, assets=list(Product.ASSETS)):
            assets[row["currency"]][row["customer"]] = row["assets"]
            debts[row["currency"]][row["customer"]] = row["debts"]
    return Held(assets, debts)


def summed(amounts: Amounts, of: Iterable[int]) -> dict[str, Decimal]:
    """By currency, without those in which it comes to nothing."""
    ids = set(of)
    sums = {
        currency: rounded(sum((amount for one, amount in each.items() if one in ids), Decimal(0)), currency)
        for currency, each in sorted(amounts.items())
    }
    return {currency: amount for currency, amount in sums.items() if amount}


@dataclass(frozen=True)
class Converted:
    """`amount` is None where a rate is missing: `missing` names the currencies."""

    amount: Decimal | None
    currency: str
    missing: tuple[str, ...] = ()


def converted(sums: Mapping[str, Decimal], into: str, on: date) -> Converted:
    """At the rates of the day, rounded half up once. One query; none where all is in it already."""
    foreign = [currency for currency in sums if currency != into]
    rates = rates_to(into, foreign, on) if foreign else {}
    if foreign and (missing := without_rate(into, foreign, rates)):
        return Converted(None, into, tuple(missing))
    one = Decimal(1)
    whole = sum((amount * (rates[code].rate if code in rates else one) for code, amount in sums.items()), Decimal(0))
    return Converted(rounded(whole, into), into)
