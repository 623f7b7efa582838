"""Verbs on tickets. Each writes a step of the log, and the due times follow from that."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from customers.models import Customer
from customers.querysets.parties import refuse_merged
from customers.services.versions import locked
from service.callers.speaking import refuse_speaking
from service.clocks.picking import Asked, Rules
from service.models import Caller, Ticket, TicketMessage, TicketQueue, TicketStep
from service.tickets.numbers import next_numbers
from service.tickets.reckoning import reckon
from service.tickets.steps import step_of
from service.tickets.writing import (
    check_move,
    done,
    for_change,
    record,
    refuse_closed,
    refuse_ended,
    say,
    set_status,
    tell,
)
from service.words import ClockKind, Status

Act, Said = TicketStep.Act, TicketMessage.Kind
# callables `(ticket, by, at, **more)` that are told of a new ticket, in its transaction
OPENED = "ticket.opened"


@transaction.atomic
def open_ticket(
    *, customer: Customer | None, kind: str, channel: str, subject: str, body: str, by: User, at: datetime,
    impact: str = "medium", queue: TicketQueue | None = None, about: User | None = None, parent: Ticket | None = None,
    caller: Caller | None = None, files: Iterable[UploadedFile] = (), **more: Any,
) -> Ticket:  # fmt: skip
    """Without a queue it is the manager's who looks after the customer, unless it complains about them. `caller` speaks for the customer,
    or is nobody whom the bank knows. `more` is for who is told of it. Raises RuleBroken."""
    if customer:
        customer = locked(customer, None)
        refuse_merged(customer)
    refuse_speaking(customer, caller, kind, queue, at)
    key = customer.pk if customer else None
    if parent and (parent.customer_id != key or not customer or not parent.is_open):
        raise RuleBroken(_("It is a part of an open ticket of the same customer."), field="parent")
    rules = Rules(at)
    picked = rules.pick([Asked(key, kind, impact)])[0]
    manager = customer.manager if customer and customer.manager and customer.manager.is_active else None
    assignee = manager if queue is None and manager != about else None
    (number,) = next_numbers()
    ticket = Ticket.objects.create(
        number=number, customer=customer, caller=caller, kind=kind, channel=channel, subject=" ".join(subject.split())[:200], impact=impact,
        priority=picked.priority, queue=queue, assignee=assignee, about=about, parent=parent, opened_at=at, opened_by=by,
        due_at=at, due_kind=ClockKind.FIRST_RESPONSE,
    )  # fmt: skip
    told = {"assignee": assignee.username} if assignee else {}
    say(ticket, step_of(ticket, Act.OPENED, by=by, at=at, told=told), Said.WORD, body, files)
    reckon([ticket], at=at, rules=rules)
    if assignee and assignee != by:
        tell([assignee], ticket, _("A ticket came in: %(ticket)s"), at)
    for follow in contributions(OPENED):
        follow(ticket=ticket, by=by, at=at, **more)
    record("ticket.opened", ticket, by=by, ticket_kind=str(kind))
    return ticket


@transaction.atomic
def reply(
    *, ticket: Ticket, body: str, by: User, at: datetime, status: str = "", files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> TicketMessage:  # fmt: skip
    """To the customer; with it the ticket may wait for them, or be solved. Raises RuleBroken where it is closed."""
    ticket = for_change(ticket, version)
    refuse_closed(ticket)
    if status:
        check_move(ticket, status)
        set_status(ticket, status, at)
    elif ticket.status == Status.NEW:
        ticket.status = Status.OPEN
    message = say(ticket, step_of(ticket, Act.REPLIED, by=by, at=at), Said.REPLY, body, files)
    done(ticket, at)
    record("ticket.replied", ticket, by=by)
    return message


@transaction.atomic
def hear(
    *, ticket: Ticket, body: str, by: User, at: datetime, files: Iterable[UploadedFile] = (), version: int | None = None
) -> TicketMessage:
    """What the customer says of it: a ticket that waited for them goes on, and one that was solved is open again."""
    ticket = for_change(ticket, version)
    refuse_closed(ticket)
    act = Act.REOPENED if ticket.status == Status.SOLVED else Act.WROTE
    if ticket.status in (Status.SOLVED, Status.WAITING_CUSTOMER):
        set_status(ticket, Status.OPEN, at)
    message = say(ticket, step_of(ticket, act, by=by, at=at), Said.WORD, body, files)
    done(ticket, at)
    if ticket.assignee and ticket.assignee != by:
        tell([ticket.assignee], ticket, _("The customer wrote: %(ticket)s"), at)
    record("ticket.heard", ticket, by=by)
    return message


@transaction.atomic
def note(
    *, ticket: Ticket, body: str, by: User, at: datetime, files: Iterable[UploadedFile] = (), version: int | None = None
) -> TicketMessage:
    """For colleagues; the customer never reads it. It may be said of a closed ticket too."""
    ticket = for_change(ticket, version)
    message = say(ticket, step_of(ticket, Act.NOTED, by=by, at=at), Said.NOTE, body, files)
    done(ticket, at)
    record("ticket.noted", ticket, by=by)
    return message


@transaction.atomic
def move(
    *, ticket: Ticket, status: str, by: User, at: datetime, reason: str = "", version: int | None = None
) -> Ticket:
    ticket = for_change(ticket, version)
    check_move(ticket, status)
    before = str(ticket.status)
    set_status(ticket, status, at)
    told = {"from": before, "to": status} | ({"reason": reason.strip()[:300]} if reason.strip() else {})
    step_of(ticket, Act.MOVED, by=by, at=at, told=told).save()
    done(ticket, at)
    record("ticket.moved", ticket, by=by, before=before, after=status)
    return ticket


@transaction.atomic
def set_priority(*, ticket: Ticket, priority: str, by: User, at: datetime, version: int | None = None) -> Ticket:
    """By hand, or "" to let the rules say it again."""
    ticket = for_change(ticket, version)
    refuse_ended(ticket)
    told = {"from": str(ticket.priority), "to": priority, "set": bool(priority)}
    ticket.is_priority_set = bool(priority)
    if priority:
        ticket.priority = priority
    step_of(ticket, Act.PRIORITISED, by=by, at=at, told=told).save()
    done(ticket, at)
    record("ticket.prioritised", ticket, by=by, priority=priority)
    return ticket
