"""Call-backs: booked, taken by one of those who ask at once, kept, missed and told, cancelled."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services.alerts import notify
from customers.calls.services import begin_call
from customers.models import Call, Contact, Customer
from customers.querysets.parties import refuse_merged
from customers.services.versions import locked
from managers.models import Task
from managers.todo.openings import Opening
from managers.todo.services import open_tasks
from service.models import CallBack, Caller

SQL = Path(__file__).parent / "sql"
FURTHEST = timedelta(days=60)
PATIENCE = timedelta(minutes=15)
State = CallBack.State


def _booked(count: int) -> str:
    return ngettext("%(count)s call-back was booked for you.", "%(count)s call-backs were booked for you.", count)


TASKS = Opening(Task.Kind.CALL_BACK, SQL / "promised.sql", SQL / "kept.sql", _booked)


@transaction.atomic
def book(
    *, topic: str, due_at: datetime, by: User, at: datetime, customer: Customer | None = None, caller: Caller | None = None,
    by_manager: bool = False, call: Call | None = None,
) -> CallBack:  # fmt: skip
    """To a customer, or to somebody who is none; a customer's manager gets a task. Raises RuleBroken."""
    topic = " ".join(topic.split())
    if customer:
        customer = locked(customer, None)
    elif caller is None or not caller.phone:
        raise RuleBroken(_("There is no number to call back."), field="due_at", code="number")
    if not topic:
        raise RuleBroken(_("Say what it is about."), field="topic", code="required")
    if not at < due_at <= at + FURTHEST:
        raise RuleBroken(_("Within the next %(days)s days.") % {"days": FURTHEST.days}, field="due_at")
    if by_manager and not (customer and customer.manager and customer.manager.is_active):
        raise RuleBroken(_("Nobody looks after this customer: the phone centre calls back."), field="by_manager")
    made = CallBack.objects.create(
        customer=customer, caller=caller, topic=topic[:200], due_at=due_at, by_manager=by_manager, call=call, booked_by=by,
        booked_at=at,
    )  # fmt: skip
    _follow(made, at)
    _record("call_back.booked", made, by=by, due_at=due_at.isoformat(), by_manager=by_manager)
    return made


@transaction.atomic
def take(*, call_back: CallBack, by: User, at: datetime) -> tuple[CallBack, str]:
    """Theirs from now on, with the number, which is recorded as read. For the phone centre a call begins. Raises RuleBroken."""
    call_back = _for_change(call_back)
    if call_back.state not in CallBack.WAITING:
        raise RuleBroken(
            _("It is no longer waiting: %(state)s.") % {"state": call_back.get_state_display()}, code="taken"
        )
    contact = Contact.objects.filter(customer=call_back.customer).first() if call_back.customer else None
    number = contact.phone if contact else call_back.caller.phone if call_back.caller else ""
    if not number:
        raise RuleBroken(_("There is no number to call back."), code="number")
    if by.role == User.Role.AGENT:
        call_back.made = begin_call(number=number, by=by, at=at)
    call_back.state, call_back.taken_by, call_back.taken_at = State.TAKEN, by, at
    _save(call_back, "made", "taken_by", "taken_at")
    told = {"field": "phone", "reason": str(call_back)}
    audit.record("contact.revealed", call_back, by=by, kind=Event.Kind.READ, customer_id=call_back.customer_id, **told)
    _record("call_back.taken", call_back, by=by)
    return call_back, number


@transaction.atomic
def finish(*, call_back: CallBack, is_reached: bool, by: User, at: datetime) -> CallBack:
    """Kept; or nobody answered, and it waits for somebody again."""
    call_back = _for_change(call_back)
    if call_back.state != State.TAKEN or call_back.taken_by_id != by.pk:
        raise RuleBroken(_("Only who took it says how it went."), code="taken")
    if is_reached:
        call_back.state, call_back.ended_at = State.DONE, at
    else:
        call_back.state, call_back.taken_by, call_back.taken_at = State.MISSED, None, None
    _save(call_back, "taken_by", "taken_at", "ended_at")
    _follow(call_back, at)
    _record("call_back.finished", call_back, by=by, is_reached=is_reached)
    return call_back


@transaction.atomic
def cancel(*, call_back: CallBack, by: User, at: datetime) -> CallBack:
    call_back = _for_change(call_back)
    if call_back.state not in CallBack.WAITING:
        raise RuleBroken(
            _("It is no longer waiting: %(state)s.") % {"state": call_back.get_state_display()}, code="taken"
        )
    call_back.state, call_back.ended_at = State.CANCELLED, at
    _save(call_back, "ended_at")
    _follow(call_back, at)
    _record("call_back.cancelled", call_back, by=by)
    return call_back


@transaction.atomic
def by_task(*, task: Task, by: User, at: datetime) -> None:
    """Slot "tasks.closing": a manager who closes the task has kept it, or cancels it."""
    found = CallBack.objects.open().filter(pk=task.about).first()
    if found is None:
        return
    if task.state == Task.State.DISMISSED and found.state in CallBack.WAITING:
        cancel(call_back=found, by=by, at=at)
        return
    if found.state != State.TAKEN:
        found.state, found.taken_by, found.taken_at = State.TAKEN, by, at
        _save(found, "taken_by", "taken_at")
    found.state, found.ended_at = State.DONE, at
    _save(found, "ended_at")
    _record("call_back.finished", found, by=by, is_reached=True)


@transaction.atomic
def miss(*, at: datetime) -> int:
    """Those that nobody took in time: the manager who was to call hears of it, else who booked it; how many. As often as one likes."""
    rows = CallBack.objects.filter(state=State.BOOKED, due_at__lte=at - PATIENCE).order_by("pk")
    late = list(
        rows.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related(
            "customer__manager", "booked_by"
        )
    )
    for each in late:
        each.state, each.version = State.MISSED, each.version + 1
    CallBack.objects.bulk_update(late, ["state", "version"])
    told = Counter(
        each.customer.manager if each.by_manager and each.customer and each.customer.manager else each.booked_by
        for each in late
    )
    for user, count in told.items():
        text = ngettext("%(count)s call-back was missed.", "%(count)s call-backs were missed.", count)
        notify(users=[user], text=text % {"count": count}, url=reverse("call_backs"), at=at)
    return len(late)


def _for_change(call_back: CallBack) -> CallBack:
    found = CallBack.objects.for_change(call_back)
    if found.customer:
        refuse_merged(found.customer)
    return found


def _save(call_back: CallBack, *fields: str) -> None:
    call_back.version += 1
    call_back.save(update_fields=["state", "version", *fields])


def _follow(call_back: CallBack, at: datetime) -> None:
    """The manager's task opens and closes with it."""
    if call_back.by_manager and call_back.customer_id:
        open_tasks(as_of=at, openings=(TASKS,), customers=[call_back.customer_id])


def _record(action: str, call_back: CallBack, *, by: Any, **told: Any) -> None:
    audit.record(action, call_back, by=by, customer_id=call_back.customer_id, **told)
