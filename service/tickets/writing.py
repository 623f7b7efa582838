"""What every verb on a ticket does: lock it, refuse what may not be, write a step, and let the due times follow."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from crm.identity.services.alerts import notify
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE
from service.models import Ticket, TicketMessage, TicketStep
from service.tickets.attaching import attach
from service.tickets.reckoning import reckon
from service.words import ENDED, Status

LONGEST = 10_000
# what a person may say that the status is, by what it was
MOVES = {
    Status.NEW: (Status.OPEN, Status.WAITING_CUSTOMER, Status.WAITING_INSIDE, Status.SOLVED),
    Status.OPEN: (Status.WAITING_CUSTOMER, Status.WAITING_INSIDE, Status.SOLVED),
    Status.WAITING_CUSTOMER: (Status.OPEN, Status.WAITING_INSIDE, Status.SOLVED),
    Status.WAITING_INSIDE: (Status.OPEN, Status.WAITING_CUSTOMER, Status.SOLVED),
    Status.SOLVED: (Status.OPEN, Status.CLOSED),
    Status.CLOSED: (),
}


def say(ticket: Ticket, step: TicketStep, kind: str, body: str, files: Iterable[UploadedFile]) -> TicketMessage:
    body = body.strip()
    if not 1 <= len(body) <= LONGEST:
        text = _("A text of 1 to %(count)s characters belongs here.") % {"count": LONGEST}
        raise RuleBroken(text, field="body", code="required")
    step.save()
    message = TicketMessage.objects.create(step=step, ticket=ticket, kind=kind, body=body)
    attach(message, files)
    return message


def for_change(ticket: Ticket, version: int | None) -> Ticket:
    """Locked, the version that was read, of a customer who still stands, or of nobody yet."""
    found = Ticket.objects.for_change(ticket)
    if found.customer:
        refuse_merged(found.customer)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this ticket in the meantime."), code=STALE)
    return found


def refuse_closed(ticket: Ticket) -> None:
    if ticket.status == Status.CLOSED:
        raise RuleBroken(_("This ticket is closed: open another one, as a part or with a link to it."), code="closed")


def refuse_ended(ticket: Ticket) -> None:
    if ticket.status in ENDED:
        raise RuleBroken(_("This ticket is solved: nothing runs any more."), code="ended")


# callables `(ticket)` that raise RuleBroken where it may not end yet
ENDING = "ticket.ending"


def check_move(ticket: Ticket, status: str) -> None:
    if status not in MOVES[Status(ticket.status)]:
        words = {"before": ticket.get_status_display(), "after": dict(Status.choices).get(status, status)}
        raise RuleBroken(_("From “%(before)s” there is no way to “%(after)s”.") % words, field="status", code="status")
    if status in ENDED and ticket.parts.open().exists():
        raise RuleBroken(_("Its parts are still open: solve those first."), field="status", code="parts")
    for refuse in contributions(ENDING) if status in ENDED else ():
        refuse(ticket)


def set_status(ticket: Ticket, status: str, at: datetime) -> None:
    was_open, ticket.status = ticket.is_open, Status(status)
    if ticket.is_open:
        ticket.ended_at = None
    elif was_open:
        ticket.ended_at = at


def done(ticket: Ticket, at: datetime) -> None:
    """The due times follow from the log, and the version tells that something changed."""
    ticket.version += 1
    reckon([ticket], at=at)
    Ticket.objects.filter(pk=ticket.pk).update(version=ticket.version, is_priority_set=ticket.is_priority_set)


def tell(users: Iterable[User], ticket: Ticket, text: str, at: datetime) -> None:
    """Never whom it complains about."""
    told = [user for user in users if user.pk != ticket.about_id and user.is_active]
    words = text % {"ticket": ticket.number_said}
    notify(users=told, text=words, url=reverse("ticket", args=[ticket.pk]), at=at)


def record(action: str, ticket: Ticket, *, by: Any, **told: Any) -> None:
    audit.record(action, ticket, by=by, customer_id=ticket.customer_id, number=ticket.number, **told)
