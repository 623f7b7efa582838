"""What goes with a customer when a record is merged, and back when that is undone: slot "customer.merge".

Ledgers, decisions, printed statements and the trail stay where they were written: they tell what was done under which
number. Everything else that a person keeps of a customer moves. A row that the record that stays has already, for the
same days or the same purpose, stays behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Exists, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from crm.base.slots import contributions
from customers.models import Merge

SLOT = "customer.merge"


class Handler(Protocol):
    """`name` is the key under which `move` keeps what `undo` needs, as JSON; `undo` names in words what it had to leave."""

    name: str
    label: str | Promise

    def count(self, survivor_id: int, absorbed_id: int) -> int: ...
    def move(self, merge: Merge) -> Any: ...
    def undo(self, merge: Merge, kept: Any) -> list[str]: ...


@dataclass(frozen=True)
class Moves:
    """Rows of a model with a `customer`. `stays` is what of the absorbed record's rows is not to move, given both keys."""

    name: str
    label: str | Promise
    model: type[Model]
    stays: Callable[[int, int], QuerySet] | None = None

    def rows(self, survivor_id: int, absorbed_id: int) -> QuerySet:
        found = self.model._default_manager.filter(customer=absorbed_id).order_by()
        if self.stays:
            found = found.exclude(pk__in=self.stays(survivor_id, absorbed_id).order_by().values("pk"))
        return found

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        return self.rows(survivor_id, absorbed_id).count()

    def move(self, merge: Merge) -> list[int]:
        keys = list(self.rows(merge.survivor_id, merge.absorbed_id).values_list("pk", flat=True))
        self.model._default_manager.filter(pk__in=keys).update(customer=merge.survivor_id)
        return keys

    def undo(self, merge: Merge, kept: list[int]) -> list[str]:
        rows = self.model._default_manager.filter(pk__in=kept, customer=merge.survivor_id)
        return [str(self.label)] if rows.update(customer=merge.absorbed_id) < len(kept) else []


def moved_by(merge: Merge, name: str) -> list[int]:
    """The keys of what moved, by the name of a handler or of a part of what is noted of companies."""
    moved = merge.kept.get("moved", {})
    kept = (moved | moved.get("companies", {})).get(name, [])
    return kept["moved"] if isinstance(kept, dict) else kept


def handlers() -> list[Handler]:
    return contributions(SLOT)


def overlapping(
    model: type[Model], *, ends: tuple[str, ...] = ("until",), same: tuple[str, ...] = ()
) -> Callable[[int, int], QuerySet]:
    """For `stays`: rows of the absorbed record whose days [since, the first of `ends` that is known) meet those of a row of the record that stays."""

    def found(survivor_id: int, absorbed_id: int) -> QuerySet:
        rows = model._default_manager.annotate(ends=Coalesce(*ends, Value(date.max)))
        theirs = rows.filter(**{name: OuterRef(name) for name in same}, customer=survivor_id)
        meets = theirs.filter(ends__gt=OuterRef("since"), since__lt=OuterRef("ends"))
        return rows.filter(Exists(meets), customer=absorbed_id)

    return found
