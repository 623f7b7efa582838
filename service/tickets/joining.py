"""Who watches a ticket, and what it has to do with others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import User
from service.models import Ticket, TicketLink, TicketStep, TicketWatcher
from service.tickets.steps import step_of
from service.tickets.writing import done, for_change, record


def watchers_of(ticket: Ticket) -> list[User]:
    """The customer's manager always, and who chose to; never whom it complains about."""
    manager = ticket.customer.manager if ticket.customer else None
    chosen = [each.user for each in ticket.watchers.select_related("user").order_by("pk")]
    found = dict.fromkeys([*([manager] if manager else []), *chosen])
    return [user for user in found if user.pk != ticket.about_id]


@transaction.atomic
def watch(*, ticket: Ticket, by: User, at: datetime) -> None:
    """As often as one likes."""
    TicketWatcher.objects.get_or_create(ticket=ticket, user=by, defaults={"since": at})


@transaction.atomic
def unwatch(*, ticket: Ticket, by: User) -> None:
    if ticket.customer and ticket.customer.manager_id == by.pk:
        raise RuleBroken(_("The manager of the customer always watches."), code="manager")
    TicketWatcher.objects.filter(ticket=ticket, user=by).delete()


@transaction.atomic
def link(*, ticket: Ticket, other: Ticket, kind: str, by: User, at: datetime, version: int | None = None) -> TicketLink:
    """Once between two tickets. Raises RuleBroken."""
    ticket = for_change(ticket, version)
    if ticket.pk == other.pk:
        raise RuleBroken(_("A ticket is not linked to itself."), field="other")
    if TicketLink.objects.filter(ticket=ticket, other=other).exists():
        raise RuleBroken(_("These two are linked already."), field="other")
    made = TicketLink.objects.create(ticket=ticket, other=other, kind=kind, made_at=at, made_by=by)
    told = {"to": other.number, "kind": kind}
    step_of(ticket, TicketStep.Act.LINKED, by=by, at=at, told=told).save()
    done(ticket, at)
    record("ticket.linked", ticket, by=by, **told)
    return made
