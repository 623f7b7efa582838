"""What is known of how a customer wants to be treated, for who may know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from customers.models import Customer, Preference
from customers.preferences.querysets import kinds_for
from customers.preferences.words import said


@dataclass(frozen=True)
class Known:
    """A kind and the rows that tell of it; `value` is what the customer's record says itself, perhaps without a row."""

    kind: Preference.Kind
    rows: list[Preference]
    value: str = ""

    @property
    def told(self) -> list[tuple[Preference, str]]:
        return [(row, said(row.kind, row.value)) for row in self.rows]

    @property
    def words(self) -> str:
        return said(self.kind, self.value)


def known_of(record: Any, kinds: Iterable[str], rows: Iterable[Preference]) -> list[Known]:
    """Every kind asked for, in order, whether anything is known of it or not. `rows` are those that hold beside the record."""
    by_kind: dict[str, list[Preference]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return [Known(Preference.Kind(kind), by_kind.get(kind, []), value_of(record, kind)) for kind in kinds]


def value_of(record: Any, kind: str) -> str:
    """What the record says itself: of today, a copy of a past day, or None where there was none."""
    return str(getattr(record, Preference.COLUMNS[kind], "")) if kind in Preference.COLUMNS else ""


def with_preferences() -> dict[str, Any]:
    """`preferences_told`: kind and value of what holds beside the columns of the record, for the page of a customer."""
    own = Preference.objects.open().filter(customer=OuterRef("pk")).exclude(kind__in=list(Preference.COLUMNS))
    told = own.order_by("kind", "value").values(told=JSONObject(kind="kind", value="value"))
    return {"preferences_told": ArraySubquery(told)}


def lines_of(told: Iterable[dict[str, str]], user: Any, customer: Customer) -> list[tuple[str, str]]:
    """What is known beside the columns of the record, in words: (kind, values), without what the role is not to know."""
    by_kind: dict[str, list[str]] = {}
    for one in told:
        by_kind.setdefault(one["kind"], []).append(said(one["kind"], one["value"]))
    return [
        (str(Preference.Kind(kind).label), ", ".join(by_kind[kind]))
        for kind in kinds_for(user, Preference.Kind, customer)
        if kind in by_kind
    ]


def before_speaking(customer: Customer, user: Any) -> list[tuple[str, str]]:
    """How to speak with the customer, for who is about to: one query."""
    if not user.may("preferences:read"):
        return []
    rows = Preference.objects.open().filter(customer=customer).exclude(kind__in=list(Preference.COLUMNS))
    beside = [
        {"kind": kind, "value": value} for kind, value in rows.order_by("kind", "value").values_list("kind", "value")
    ]
    columns = [{"kind": kind, "value": value_of(customer, kind)} for kind in Preference.COLUMNS]
    return lines_of([*(one for one in columns if one["value"]), *beside], user, customer)
