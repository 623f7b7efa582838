"""What events add to the roles, the slots and the pages."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT
from managers.events import panels
from managers.events.merging import MOVES
from managers.events.viewsets import ROUTES


def register() -> None:
    allow("events:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.AUDITOR)
    # to take part in one; of this, inviting and recording answers, and planning
    allow("events:write", Role.MANAGER, Role.TELLER, Role.HEAD)
    allow("guests:write", Role.MANAGER, Role.HEAD)
    allow("event-plans:write", Role.HEAD)
    for route in ROUTES:
        contribute("api.routes", route)
    contribute(SLOT, MOVES)
    contribute("navigation", NavigationEntry(_("Events"), "events", "calendar-event", "sales", "events:read"))
    contribute("customer.annotations", panels.with_invitations)
    contribute("customer.now", panels.NOW, weight=55)
    contribute("customer.timeline", panels.TIMELINE)
