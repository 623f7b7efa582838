"""What of tickets a customer is told, what goes along with a merge, and what goes when they are erased."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from service.models import Ticket, TicketMessage

TOLD = Told("tickets", _("Tickets"), Ticket, ("kind", "channel", "subject", "status", "opened_at", "ended_at"))
SAID = Told(
    "ticket_messages", _("What was said in tickets"), TicketMessage, ("kind", "body"), key="ticket__customer__in",
    only=~Q(kind=TicketMessage.Kind.NOTE),
)  # fmt: skip
TAKEN = Owned(_("Tickets and what was said in them"), Category.CONDUCT, Ticket, function="service_erase_tickets")


def register() -> None:
    contribute(SLOT, Moves("tickets", _("Tickets"), Ticket))
    contribute(telling.SLOT, TOLD)
    contribute(telling.SLOT, SAID)
    contribute(taking.SLOT, TAKEN)
