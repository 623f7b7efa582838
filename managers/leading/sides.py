"""What books hold and bring, several at once: grouped statements, however many books, within the reach of who asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum
from django.utils import timezone

from crm.identity.scope import scope_of
from customers.models import Customer
from managers.cadence.report import FIGURES, share
from managers.leading.figures import Told, book_figures
from managers.leading.querysets import summed_books
from managers.models import DueContact, MoveSuggestion, Opportunity
from segmentation.value.worth import newest_years

Sums = dict[str, Decimal]


class Standing(NamedTuple):
    """How many customers stand in a tier."""

    code: str
    name: str
    customers: int


class Cadence(NamedTuple):
    """What the contact plan asks for with the customers of a book; `share` in percent of what is not overdue."""

    total: int
    kept: int
    due: int
    overdue: int
    late: int
    share: int


@dataclass
class Side:
    """Of one book; money by currency, tiers from the highest down; no `cadence` where nothing is asked. `more` by code."""

    customers: int = 0
    tiers: list[Standing] = field(default_factory=list)
    balance: Sums = field(default_factory=dict)
    value: Sums = field(default_factory=dict)
    cadence: Cadence | None = None
    pipeline: Sums = field(default_factory=dict)
    weighted: Sums = field(default_factory=dict)
    coming: int = 0
    going: int = 0
    more: dict[str, Told] = field(default_factory=dict)


def sides_of(managers: Iterable[int], user: Any) -> dict[int, Side]:
    keys = sorted(managers)
    found: dict[int, Side] = defaultdict(Side)
    if keys:
        for tell in (_customers, _values, _cadence, _pipeline, _moves, _more):
            tell(found, keys, user)
    return found


def _customers(found: dict[int, Side], keys: list[int], user: Any) -> None:
    held = Customer.objects.visible_to(user).unmerged().filter(manager__in=keys)
    for row in summed_books(held):
        side, count = found[row["manager"]], row["customers"]
        side.customers += count
        _add(side.balance, row["currency"], row["balance"])
        if row["tier"] is None:
            continue
        if not side.tiers or side.tiers[-1][:2] != (row["tier"], row["tier_name"]):
            side.tiers.append(Standing(row["tier"], row["tier_name"], 0))
        side.tiers[-1] = side.tiers[-1]._replace(customers=side.tiers[-1].customers + count)


def _values(found: dict[int, Side], keys: list[int], user: Any) -> None:
    of_book = {"customer__manager__in": keys, "customer__merged_into": None}
    rows = newest_years().filter(scope_of(user).customers_q("customer__"), **of_book).order_by()
    for key, currency, amount in rows.values_list("customer__manager", "currency").annotate(sum=Sum("value")):
        _add(found[key].value, currency, amount)


def _add(sums: Sums, currency: str | None, amount: Decimal | None) -> None:
    """What nobody knows is left out of a sum."""
    if currency is not None and amount is not None:
        sums[currency] = sums.get(currency, Decimal(0)) + amount


def _cadence(found: dict[int, Side], keys: list[int], user: Any) -> None:
    rows = DueContact.objects.visible_to(user).filter(customer__manager__in=keys)
    for row in rows.counted("customer__manager", on=timezone.localdate()):
        counts = {name: row[name] for name in FIGURES}
        found[row["customer__manager"]].cadence = Cadence(**counts, share=share(row))


def _pipeline(found: dict[int, Side], keys: list[int], user: Any) -> None:
    rows = Opportunity.objects.visible_to(user).open().filter(owner__in=keys)
    for row in rows.summed("owner"):
        found[row["owner"]].pipeline[row["currency"]] = row["open_amount"]
        found[row["owner"]].weighted[row["currency"]] = row["weighted_amount"]


def _moves(found: dict[int, Side], keys: list[int], user: Any) -> None:
    """Suggested, and not yet decided."""
    rows = MoveSuggestion.objects.visible_to(user).open().filter(Q(taker__in=keys) | Q(giver__in=keys)).order_by()
    for taker, giver, count in rows.values_list("taker", "giver").annotate(count=Count("pk")):
        if taker in keys:
            found[taker].coming += count
        if giver in keys:
            found[giver].going += count


def _more(found: dict[int, Side], keys: list[int], user: Any) -> None:
    for figure in book_figures():
        for key, told in figure.tell(keys, user).items():
            found[key].more[figure.code] = told
