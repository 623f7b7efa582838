"""What rosters add to the roles, the slots and the pages."""

from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.calls.shown import ACTIONS
from service.roster import panels
from service.roster.viewsets import RosterViewSet, ShiftViewSet, SwapViewSet

WORK = (Role.TELLER, Role.AGENT, Role.HEAD)


def register() -> None:
    for resource in ("rosters", "shifts", "swaps"):
        allow(f"{resource}:read", *WORK, Role.AUDITOR)
    allow("rosters:write", Role.HEAD)
    allow("shifts:write", Role.HEAD)
    allow("swaps:write", *WORK)
    contribute("api.routes", ("rosters", RosterViewSet, "rosters"))
    contribute("api.routes", ("shifts", ShiftViewSet, "shifts"))
    contribute("api.routes", ("swaps", SwapViewSet, "swaps"))
    contribute(ACTIONS, Action(_("Rosters"), "rosters", icon="calendar-time", permission="rosters:read"))
    contribute("home", panels.OWN)
