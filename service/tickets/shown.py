"""A ticket as its page shows it: what was said, what happened, its clocks, and who and what stands around it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.slots import contributions
from crm.identity.models import User
from service.models import Ticket, TicketAttachment, TicketClock, TicketLink, TicketStep
from service.tickets.joining import watchers_of
from service.words import Priority, Status

# panels of the page of a ticket
SLOT = "ticket.panels"
# callables `(request, ticket)`: with what a reply begins, such as {"body": "..."}
REPLY = "ticket.reply"


@dataclass(frozen=True)
class Clock:
    row: TicketClock
    said: str
    colour: str


def shown_of(ticket: Ticket, user: User) -> dict[str, Any]:
    files = Prefetch("message__attachments", TicketAttachment.objects.defer("content"))
    steps = TicketStep.objects.filter(ticket=ticket).select_related("by", "message").prefetch_related(files)
    watchers = watchers_of(ticket)
    seen = Ticket.objects.visible_to(user)
    links = TicketLink.objects.filter(ticket=ticket, other__in=seen.values("pk")).select_related("other")
    return {
        "steps": [(step, told_of(step)) for step in steps.order_by("pk")],
        "clocks": [_clock(row) for row in ticket.clocks.all()],
        "watchers": watchers,
        "watches": user in watchers,
        "parts": list(seen.filter(parent=ticket).order_by("pk")),
        "links": list(links.order_by("pk")),
    }


def panels_of(request: Any, ticket: Ticket) -> list[str]:
    """Of the user's role, drawn; one that has nothing to say of the ticket is left out."""
    asked = [panel for panel in contributions(SLOT) if request.user.may(panel.permission)]
    found = [(panel, panel.context(request, ticket)) for panel in asked]
    return [render_to_string(panel.template, said, request) for panel, said in found if said is not None]


def begun_reply(request: Any, ticket: Ticket) -> dict[str, Any]:
    return {name: value for begin in contributions(REPLY) for name, value in begin(request, ticket).items()}


def _clock(row: TicketClock) -> Clock:
    if row.ended_at:
        return Clock(row, _("late"), "red") if row.was_late else Clock(row, _("in time"), "green")
    if row.is_paused:
        return Clock(row, _("paused"), "secondary")
    return Clock(row, _("overdue"), "red") if row.due_at <= timezone.now() else Clock(row, _("running"), "blue")


def told_of(step: TicketStep) -> str:
    """What changed, in words."""
    told = step.told
    match TicketStep.Act(step.act):
        case TicketStep.Act.MOVED:
            labels = dict(Status.choices)
            said = f"{labels.get(told.get('from'), '–')} → {labels.get(told.get('to'), '–')}"
            return f"{said}: {told['reason']}" if told.get("reason") else said
        case TicketStep.Act.PRIORITISED:
            labels = dict(Priority.choices)
            return f"{labels.get(told.get('from'), '–')} → {labels.get(told.get('to')) or _('as the rules say')}"
        case TicketStep.Act.ASSIGNED | TicketStep.Act.QUEUED:
            return f"{told.get('from') or '–'} → {told.get('to') or '–'}"
        case TicketStep.Act.LINKED:
            return f"{TicketLink.Kind(told['kind']).label} {told['to']}"
    return ""
