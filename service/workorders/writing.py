"""What every verb on a work order does: lock it, refuse what may not be, write a step, and tell whom it concerns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import notify
from crm.identity.services.heads import heads_of
from customers.services.versions import STALE
from service.models import WorkOrder, WorkOrderStep
from service.workorders.words import ENDED, WAYS, State

LONGEST = 1000


def for_change(order: WorkOrder, version: int | None) -> WorkOrder:
    found = WorkOrder.objects.for_change(order)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this work order in the meantime."), code=STALE)
    return found


def refuse_way(order: WorkOrder, state: State) -> None:
    if (State(order.state), state) not in WAYS:
        words = {"before": order.get_state_display(), "after": state.label}
        raise RuleBroken(_("From “%(before)s” there is no way to “%(after)s”.") % words, code="state")


def needed(words: str) -> str:
    if not words.strip():
        raise RuleBroken(_("Say it in words."), field="words", code="required")
    return words


def states_of(order: WorkOrder) -> list[str]:
    """The states of all orders of the same matter."""
    rows = WorkOrder.objects.filter(ticket=order.ticket, request=order.request)
    return list(rows.values_list("state", flat=True))


def move(order: WorkOrder, state: State, *, by: User, at: datetime, words: str = "") -> WorkOrder:
    order.state, order.version = state, order.version + 1
    if state in ENDED:
        order.ended_at = at
    order.save(update_fields=["state", "version", "ended_at", "taken_by", "team", "branch", "due_at"])
    step_of(order, by=by, at=at, words=words).save()
    record(f"work_order.{state}", order, by=by, department=str(order.department))
    return order


def step_of(order: WorkOrder, *, by: User, at: datetime, words: str = "") -> WorkOrderStep:
    said = words.strip()[:LONGEST]
    return WorkOrderStep(
        order=order, at=at, by=by, state=order.state, department=str(order.department)[:120], words=said
    )


def people_of(order: WorkOrder) -> list[User]:
    """The members of the team, or the heads of the branch."""
    if order.team:
        return list(order.team.members.filter(is_active=True).order_by("pk"))
    return heads_of([order.branch_id]).get(order.branch_id or 0, [])


def tell(users: Sequence[User], order: WorkOrder, text: str, by: User, at: datetime) -> None:
    """Never whom the ticket complains about, nor who does it themselves."""
    ticket = order.ticket or (order.request.ticket if order.request else None)
    told = [each for each in users if each.pk not in (by.pk, ticket.about_id if ticket else None)]
    words = text % {"department": order.department, "order": f"{order} {order.what}"}
    notify(users=told, text=words[:300], url=reverse("work_order", args=[order.pk]), at=at)


def record(action: str, order: WorkOrder, *, by: User, **told: Any) -> None:
    audit.record(action, order, by=by, customer_id=order.customer_id, **told)
