"""Verbs on work orders: opened for several departments at once, taken, done, given back, passed on, cancelled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import Branch, Team, User
from crm.identity.scope import scope_of
from customers.querysets.parties import refuse_merged
from service.models import ServiceRequest, Ticket, WorkOrder, WorkOrderStep
from service.requests.words import VAIN
from service.workorders.words import Progress, State, progress_of
from service.workorders.writing import for_change, move, needed, people_of, record, refuse_way, states_of, step_of, tell

MOST = 20
Department = Team | Branch


@transaction.atomic
def open_orders(
    *, departments: Sequence[Department], what: str, due_at: datetime, by: User, at: datetime, ticket: Ticket | None = None,
    request: ServiceRequest | None = None,
) -> list[WorkOrder]:  # fmt: skip
    """One for each department, of a ticket or of a request that is open. Raises RuleBroken."""
    matter = _matter(ticket, request)
    refuse_merged(matter.customer)
    asked = list(dict.fromkeys(departments))
    if not 1 <= len(asked) <= MOST:
        text = _("Choose 1 to %(count)s departments.") % {"count": MOST}
        raise RuleBroken(text, field="teams", code="departments")
    if not what.strip():
        raise RuleBroken(_("Say what is to be done."), field="what", code="required")
    if due_at <= at:
        raise RuleBroken(_("It is due later than now."), field="due_at", code="past")
    said: dict[str, Any] = {"customer": matter.customer, "what": " ".join(what.split())[:300], "due_at": due_at}
    rows = [
        WorkOrder(ticket=ticket, request=request, opened_at=at, opened_by=by, **_for(each), **said) for each in asked
    ]
    orders = WorkOrder.objects.bulk_create(rows)
    WorkOrderStep.objects.bulk_create(step_of(order, by=by, at=at) for order in orders)
    for order in orders:
        tell(people_of(order), order, _("A work order for %(department)s: %(order)s"), by, at)
        record("work_order.opened", order, by=by, department=str(order.department))
    return orders


@transaction.atomic
def take(*, order: WorkOrder, by: User, at: datetime, version: int | None = None) -> WorkOrder:
    order = _of_department(order, by, version)
    refuse_way(order, State.TAKEN)
    order.taken_by = by
    return move(order, State.TAKEN, by=by, at=at)


@transaction.atomic
def finish(*, order: WorkOrder, words: str, by: User, at: datetime, version: int | None = None) -> WorkOrder:
    """With what was done; whoever opened it hears when the last department is done."""
    order = _of_department(order, by, version)
    refuse_way(order, State.DONE)
    order.taken_by = order.taken_by or by
    order = move(order, State.DONE, by=by, at=at, words=needed(words))
    if progress_of(states_of(order)) == Progress.DONE:
        tell([order.opened_by], order, _("All departments are done: %(order)s"), by, at)
    return order


@transaction.atomic
def give_back(*, order: WorkOrder, words: str, by: User, at: datetime, version: int | None = None) -> WorkOrder:
    """It is not theirs, or can't be done: whoever opened it decides."""
    order = _of_department(order, by, version)
    refuse_way(order, State.RETURNED)
    order.taken_by = None
    order = move(order, State.RETURNED, by=by, at=at, words=needed(words))
    tell([order.opened_by], order, _("Given back by %(department)s: %(order)s"), by, at)
    return order


@transaction.atomic
def pass_on(
    *,
    order: WorkOrder,
    to: Department,
    words: str,
    due_at: datetime,
    by: User,
    at: datetime,
    version: int | None = None,
) -> WorkOrder:
    """One that was given back, to the same or another department, with a due time of its own."""
    order = _of_matter(order, by, version)
    refuse_way(order, State.OPEN)
    if due_at <= at:
        raise RuleBroken(_("It is due later than now."), field="due_at", code="past")
    order.team, order.branch, order.due_at = None, None, due_at
    for name, value in _for(to).items():
        setattr(order, name, value)
    order = move(order, State.OPEN, by=by, at=at, words=words)
    tell(people_of(order), order, _("A work order for %(department)s: %(order)s"), by, at)
    return order


@transaction.atomic
def cancel_order(*, order: WorkOrder, words: str, by: User, at: datetime, version: int | None = None) -> WorkOrder:
    order = _of_matter(order, by, version)
    refuse_way(order, State.CANCELLED)
    return move(order, State.CANCELLED, by=by, at=at, words=needed(words))


def works_on(user: User, order: WorkOrder) -> bool:
    """A member of the team, or of the branch."""
    if order.team_id is None:
        return bool(user.branch_id == order.branch_id)
    return user.teams.filter(pk=order.team_id).exists()


def orders_on(user: User, order: WorkOrder) -> bool:
    """Whoever opened it, or reaches the customer."""
    return order.opened_by_id == user.pk or scope_of(user).holds(order.customer)


def refuse_unfinished(ticket: Ticket) -> None:
    """Slot "ticket.ending"."""
    if WorkOrder.objects.of_ticket(ticket).open().exists():
        raise RuleBroken(
            _("Departments still work on it: their orders are done or cancelled first."),
            field="status",
            code="work_orders",
        )


def _matter(ticket: Ticket | None, request: ServiceRequest | None) -> Ticket | ServiceRequest:
    if ticket and request is None:
        found: Ticket | ServiceRequest = Ticket.objects.for_change(ticket)
        if found.is_open:
            return found
        raise RuleBroken(_("This ticket is solved: nothing runs any more."), field="ticket", code="ended")
    if request and ticket is None:
        asked = ServiceRequest.objects.for_change(request)
        if asked.state in VAIN:
            raise RuleBroken(_("This request has ended: nobody works on it."), field="request", code="ended")
        return asked
    raise RuleBroken(_("A work order is of a ticket or of a request."), field="ticket", code="matter")


def _for(department: Department) -> dict[str, Department]:
    return {"team" if isinstance(department, Team) else "branch": department}


def _of_department(order: WorkOrder, by: User, version: int | None) -> WorkOrder:
    order = for_change(order, version)
    if not works_on(by, order):
        text = _("This is for %(department)s: somebody there says what becomes of it.")
        raise RuleBroken(text % {"department": order.department}, code="department")
    return order


def _of_matter(order: WorkOrder, by: User, version: int | None) -> WorkOrder:
    order = for_change(order, version)
    if not orders_on(by, order):
        raise RuleBroken(_("Whoever opened it decides, or who looks after the customer."), code="opener")
    return order
