"""What books hold and bring, several at once: a grouped statement for each figure, within the reach of who asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Sum

from crm.identity.scope import scope_of
from customers.models import Customer
from managers.models import MoveSuggestion, Opportunity
from segmentation.models import Facts, TierPeriod
from segmentation.value.worth import newest_years

Sums = dict[str, Decimal]


class Standing(NamedTuple):
    """How many customers stand in a tier."""

    code: str
    name: str
    customers: int


@dataclass
class Side:
    """Of one book; money by currency, tiers from the highest down."""

    customers: int = 0
    tiers: list[Standing] = field(default_factory=list)
    balance: Sums = field(default_factory=dict)
    value: Sums = field(default_factory=dict)
    pipeline: Sums = field(default_factory=dict)
    weighted: Sums = field(default_factory=dict)
    coming: int = 0
    going: int = 0


def sides_of(managers: Iterable[int], user: Any) -> dict[int, Side]:
    keys = sorted(managers)
    found: dict[int, Side] = defaultdict(Side)
    if not keys:
        return found
    held = Customer.objects.visible_to(user).unmerged().filter(manager__in=keys)
    for key, count in held.order_by().values_list("manager").annotate(count=Count("pk")):
        found[key].customers = count
    _tiers(found, keys, user)
    _money(found, "balance", _of_books(Facts.objects.all(), keys, user), "balance")
    _money(found, "value", _of_books(newest_years(), keys, user), "value")
    open_ones = Opportunity.objects.visible_to(user).open().filter(owner__in=keys)
    for row in open_ones.summed("owner"):
        found[row["owner"]].pipeline[row["currency"]] = row["open_amount"]
        found[row["owner"]].weighted[row["currency"]] = row["weighted_amount"]
    _moves(found, keys, user)
    return found


def _of_books(rows: QuerySet, keys: list[int], user: Any) -> QuerySet:
    """Rows of the customers in these books."""
    return rows.filter(scope_of(user).customers_q("customer__"), customer__manager__in=keys, customer__merged_into=None)


def _money(found: dict[int, Side], name: str, rows: QuerySet, column: str) -> None:
    """What nobody knows is left out of a sum."""
    summed = rows.order_by().values_list("customer__manager", "currency").annotate(sum=Sum(column))
    for key, currency, amount in summed:
        if amount is not None:
            getattr(found[key], name)[currency] = amount


def _tiers(found: dict[int, Side], keys: list[int], user: Any) -> None:
    rows = _of_books(TierPeriod.objects.open().of_standing(), keys, user)
    named = rows.values_list("customer__manager", "tier__code", "tier__name").annotate(count=Count("pk"))
    for key, code, name, count in named.order_by("-tier__rank", "tier__code"):
        found[key].tiers.append(Standing(code, name, count))


def _moves(found: dict[int, Side], keys: list[int], user: Any) -> None:
    """Suggested, and not yet decided."""
    rows = MoveSuggestion.objects.visible_to(user).open().order_by()
    for name, way in (("coming", "taker"), ("going", "giver")):
        for key, count in rows.filter(**{f"{way}__in": keys}).values_list(way).annotate(count=Count("pk")):
            setattr(found[key], name, count)
