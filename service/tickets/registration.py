"""What tickets add to the roles, the slots and the pages."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.services.managers import SLOT as MANAGERS
from managers.day.sources import SLOT as DAY
from service.tickets import panels, subjects
from service.tickets.assigning import follow_managers
from service.tickets.day import OVERDUE
from service.tickets.viewsets import QueueViewSet, TicketViewSet

WORK = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD)


def register() -> None:
    allow("tickets:read", *WORK, Role.AUDITOR)
    allow("tickets:write", *WORK)
    allow("ticket-queues:read", *WORK, Role.ADMIN, Role.AUDITOR)
    allow("ticket-queues:write", Role.HEAD)
    contribute(MANAGERS, follow_managers, weight=130)
    contribute("api.routes", ("tickets", TicketViewSet, "tickets"))
    contribute("api.routes", ("ticket-queues", QueueViewSet, "ticket-queues"))
    contribute("navigation", NavigationEntry(_("Service"), "tickets", "headset", "day", "tickets:read"))
    contribute("customer.annotations", panels.with_tickets)
    contribute("customer.now", panels.NOW, weight=30)
    contribute("customer.badges", panels.BADGE)
    contribute("customer.timeline", panels.OPENED)
    contribute("search", panels.found_tickets)
    contribute(DAY, OVERDUE)
    subjects.register()
