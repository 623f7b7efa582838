"""What tasks put on the page of a customer, into their timeline and on the home page."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.identity.models import User
from customers.models import Customer
from customers.past.reading import Past
from customers.timeline import Item, Source
from managers.models import Task

SHOWN = 8


def _of_customer(request: Any, customer: Customer) -> dict[str, Any] | None:
    found = [Task(**said) for said in customer.open_tasks]  # type: ignore[attr-defined]  # by the annotation
    if not found:
        return None
    for task in found:
        task.due_on = date.fromisoformat(str(task.due_on))
    may_close = request.user.may("tasks:write")
    return {"tasks": found[:SHOWN], "has_more": len(found) > SHOWN, "may_close": may_close}


def with_tasks() -> dict[str, Any]:
    """`open_tasks`: of the first that are due, one more than are shown."""
    own = Task.objects.open().filter(customer=OuterRef("pk"))
    said = own.values(said=JSONObject(pk="pk", kind="kind", about="about", figures="figures", due_on="due_on"))
    return {"open_tasks": ArraySubquery(said[: SHOWN + 1])}


def _closed(customer: Customer, user: User, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("tasks:read"):
        return []
    rows = Task.objects.closed().filter(customer=customer).select_related("closed_by").order_by("-closed_at", "-pk")
    if before:
        rows = rows.filter(closed_at__lt=before)
    return [
        Item(
            at=task.closed_at,  # type: ignore[arg-type]  # which all that are closed have
            kind="task",
            title=_("Task: %(state)s") % {"state": task.get_state_display()},
            text=str(task),
            by=str(task.closed_by or ""),
            icon="checklist",
            meta=task.remark,
        )
        for task in rows[:limit]
    ]


def _of_user(request: Any, user: User) -> dict[str, Any] | None:
    """What is due first of all that is in reach."""
    found = Task.objects.open().visible_to(user).select_related("customer", "manager")[:SHOWN]
    return {"tasks": list(found)} if found else None


def _as_of(request: Any, past: Past) -> dict[str, Any] | None:
    """What was to be done then, closed since or not."""
    found = Task.objects.filter(customer=past.customer, opened_at__lt=past.until).exclude(closed_at__lt=past.until)
    rows = list(found.order_by("due_on", "pk")[: SHOWN + 1])
    return {"tasks": rows[:SHOWN], "has_more": len(rows) > SHOWN, "customer": past.customer} if rows else None


NOW = Panel("tasks", "managers/todo/_now.html", _of_customer, gettext_lazy("Tasks"), "tasks:read")
HOME = Panel("tasks", "managers/todo/_home.html", _of_user, gettext_lazy("Tasks"), "tasks:read")
AS_OF = Panel("tasks", "managers/todo/_as_of.html", _as_of, gettext_lazy("Tasks"), "tasks:read")
CLOSED = Source("task", gettext_lazy("Tasks"), _closed)
