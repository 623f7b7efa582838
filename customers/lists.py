"""What upper apps add to the list of customers: slot "customer.list".

contribute("customer.list", ListAddition(
    annotations=lambda: {"tier_name": Subquery(...)},
    columns=lambda: [("tier_name", Column(verbose_name=_("Tier")))],
    filters=lambda: {"tier": ModelChoiceFilter(..., method=of_tier)},
))
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.cache import caches
from django_filters import Filter
from django_tables2 import Column

from crm.base.keyset import COUNT_CAP
from crm.base.slots import contributions

SLOT = "customer.list"
MINUTE = 60


@dataclass(frozen=True)
class ListAddition:
    """Callables, so that nothing is asked of the database when an app is loaded. `ordering` maps a column to its path."""

    annotations: Callable[[], dict[str, Any]] = dict
    columns: Callable[[], list[tuple[str, Column]]] = list
    filters: Callable[[], dict[str, Filter]] = dict
    ordering: Callable[[], dict[str, Any]] = dict


def remembered(name: str, read: Callable[[], dict[str, str]]) -> list[tuple[str, str]]:
    """The choices of a filter, from the cache of the last minute: every list shows them and they hardly change."""
    return list(caches["local"].get_or_set(f"choices:{name}", read, MINUTE).items())


def counted(name: str, count: Callable[[], int]) -> int:
    """A capped count; that it reached the cap is remembered for a minute."""
    if caches["local"].get(f"count:{name}"):
        return COUNT_CAP + 1
    found = count()
    if found > COUNT_CAP:
        caches["local"].set(f"count:{name}", True, MINUTE)
    return found


@cache
def annotations() -> dict[str, Any]:
    """Put together once: expressions are copied when they are used."""
    return {name: value for addition in contributions(SLOT) for name, value in addition.annotations().items()}


def columns() -> list[tuple[str, Column]]:
    return [column for addition in contributions(SLOT) for column in addition.columns()]


def filters() -> dict[str, Filter]:
    return {name: value for addition in contributions(SLOT) for name, value in addition.filters().items()}


def ordering() -> dict[str, Any]:
    return {name: path for addition in contributions(SLOT) for name, path in addition.ordering().items()}
