"""What a customer's record was before: the trigger's copies, turned into changes of single fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.audit.models import Event
from crm.identity.models import Branch
from customers.labels import label_of
from customers.models import Customer
from customers.models.languages import SPOKEN

HIDDEN = {
    "id",
    "version",
    "merged_into",
    "erased_on",
    "created_at",
    "updated_at",
    "pinyin",
    "initials",
    "sort_key",
    "number",
}
SHOWN = [field for field in Customer._meta.concrete_fields if field.name not in HIDDEN]
MOST = 200
TOGETHER = timedelta(seconds=5)
SOURCES = {
    "page": pgettext_lazy("source", "Page"),
    "rest": _("REST"),
    "admin": _("Admin site"),
    "": pgettext_lazy("source", "Program"),
}
ACTS = (
    *("customer.changed", "customer.status_changed", "customer.manager_assigned", "contact.changed"),
    *("customer.merged", "customer.merged_away", "customer.merge_undone", "customer.merged_back"),
)
FIELDS = {"customer.status_changed": ("status",), "customer.manager_assigned": ("manager",)}


@dataclass(frozen=True)
class Write:
    """An act of a person on the record of a customer of the kind. `fields` are names of fields and kinds of contact data,
    `door` as in context_vars."""

    at: datetime
    by: str
    branch: str
    door: str
    version: int | None
    fields: tuple[str, ...]
    kind: str

    @property
    def labels(self) -> list[str]:
        return [label_of(name, self.kind) for name in self.fields]

    @property
    def source(self) -> str:
        return str(SOURCES[self.door])


@dataclass(frozen=True)
class Change:
    """`before` and `after` as people read them; `write` is None where nobody of ours did it (a feed)."""

    at: datetime
    field: str
    before: str
    after: str
    write: Write | None


def changes_of(customer: Customer) -> list[Change]:
    """The last changes of fields, newest first. Four queries."""
    writes = writes_of(customer)
    found = []
    after: Model = customer
    for copy in customer.events.select_related("branch", "manager").order_by("-pgh_id")[:MOST]:
        write = _writer(writes, copy)
        for field in SHOWN:
            if getattr(copy, field.attname) != getattr(after, field.attname):
                words = shown(copy, field), shown(after, field)
                found.append(Change(copy.pgh_created_at, label_of(field.name, customer.kind), *words, write))
        after = copy
    return found


def writes_of(customer: Customer, *, since: int | None = None) -> list[Write]:
    """The last acts on the record, newest first; `since` leaves those that led to a later version. Two queries."""
    events = Event.objects.filter(customer_id=customer.pk, kind=Event.Kind.WRITE, action__in=ACTS).order_by("-at")
    if since is not None:
        events = events.filter(data__version__gt=since)
    rows = list(events.values("at", "actor_label", "action", "data")[:MOST])
    branches = Branch.objects.in_bulk({row["data"].get("branch") for row in rows} - {None})
    return [_write(row, branches, customer.kind) for row in rows]


def _write(row: Mapping[str, Any], branches: dict[int, Branch], kind: str) -> Write:
    data = row["data"]
    fields = data.get("fields") or FIELDS.get(row["action"], ())
    branch = str(branches.get(data.get("branch"), ""))
    return Write(row["at"], row["actor_label"], branch, data.get("door", ""), data.get("version"), tuple(fields), kind)


def _writer(writes: Iterable[Write], copy: Any) -> Write | None:
    """Who made the version after the copy. What was written before acts named their version is the nearest in time."""
    for write in writes:
        if write.version == copy.version + 1:
            return write
    unnamed = [write for write in writes if write.version is None]
    near = min(unnamed, key=lambda write: abs(write.at - copy.pgh_created_at), default=None)
    return near if near and abs(near.at - copy.pgh_created_at) < TOGETHER else None


def shown(row: Any, field: Any) -> str:
    """A field's value in words."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if field.name == "language":
        return str(dict(SPOKEN).get(value, value))
    return "" if value in (None, "", {}) else str(value)
