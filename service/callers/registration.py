"""What callers who are no customers add to the roles, the slots, the pages, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.calls.shown import PANELS
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Blanked, Category
from customers.privacy.telling import Told
from service.callers import panels
from service.callers.keeping import NOTHING
from service.callers.viewsets import CallerViewSet, MandateViewSet
from service.models import Caller, Mandate

WORK = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD)
SPOKE = _("Spoke before they were known")
MANDATES = _("Powers of attorney")


def register() -> None:
    allow("callers:read", *WORK, Role.AUDITOR)
    allow("callers:write", *WORK)
    allow("mandates:read", *WORK, Role.AUDITOR)
    allow("mandates:write", Role.MANAGER, Role.TELLER, Role.HEAD)
    contribute("api.routes", ("callers", CallerViewSet, "callers"))
    contribute("api.routes", ("mandates", MandateViewSet, "mandates"))
    contribute("customer.tabs", panels.MANDATES, weight=120)
    contribute(PANELS, panels.SPEAKERS, weight=10)
    contribute(SLOT, Moves("callers", SPOKE, Caller))
    contribute(SLOT, Moves("mandates", MANDATES, Mandate))
    contribute(telling.SLOT, Told("callers", SPOKE, Caller, ("noted_at", "joined_at")))
    contribute(telling.SLOT, Told("mandates", MANDATES, Mandate, ("scopes", "since", "until", "paper", "ended_at")))
    contribute(taking.SLOT, Blanked(SPOKE, Category.CONDUCT, Caller, fields=tuple(NOTHING)))
    contribute(taking.SLOT, Blanked(MANDATES, Category.CONDUCT, Mandate, fields=("paper",)))
