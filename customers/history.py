"""What a customer's record was before: the trigger's copies, turned into changes of single fields."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from crm.audit.models import Event
from customers.models import Customer

HIDDEN = {"id", "version", "created_at", "updated_at", "pinyin", "initials", "sort_key", "number"}
SHOWN = [field for field in Customer._meta.concrete_fields if field.name not in HIDDEN]
MOST = 200
TOGETHER = timedelta(seconds=5)


@dataclass(frozen=True)
class Change:
    """`before` and `after` as people read them; `by` is empty where nobody of ours did it (a feed)."""

    at: datetime
    field: str
    before: str
    after: str
    by: str


def changes_of(customer: Customer) -> list[Change]:
    """The last changes of fields, newest first. Three queries."""
    copies = list(_copies(customer))
    writes = _writes(customer)
    found = []
    after: Model = customer
    for copy in copies:
        at = copy.pgh_created_at
        by = _nearest(writes, at)
        for field in SHOWN:
            if getattr(copy, field.attname) != getattr(after, field.attname):
                found.append(Change(at, str(field.verbose_name), shown(copy, field), shown(after, field), by))
        after = copy
    return found


def _copies(customer: Customer) -> Any:
    return customer.events.select_related("branch", "manager").order_by("-pgh_id")[:MOST]


def _writes(customer: Customer) -> list[tuple[datetime, str]]:
    writes = Event.objects.filter(customer_id=customer.pk, kind=Event.Kind.WRITE).order_by("-at")[:MOST]
    return list(writes.values_list("at", "actor_label"))


def _nearest(writes: list[tuple[datetime, str]], at: datetime) -> str:
    """Who wrote at that moment: a copy has the time at which its transaction began, the trail that of the act."""
    near = min(writes, key=lambda write: abs(write[0] - at), default=None)
    return near[1] if near and abs(near[0] - at) < TOGETHER else ""


def shown(row: Any, field: Any) -> str:
    """A field's value in words."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    return "" if value in (None, "", {}) else str(value)
