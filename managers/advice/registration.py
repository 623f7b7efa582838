"""What advice adds to the roles, the slots, the pages, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from managers.advice import panels
from managers.advice.telling import TOLD
from managers.advice.viewsets import AdviceViewSet
from managers.models import Advice

TAKEN = Owned(_("Words of advice"), Category.CONDUCT, Advice, function="managers_erase_advice")


def register() -> None:
    allow("advice:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("advice:write", Role.MANAGER, Role.HEAD)
    contribute("api.routes", ("advice", AdviceViewSet, "advice"))
    contribute("navigation", NavigationEntry(_("Advice"), "advice", "bulb", "sales", "advice:read"))
    contribute("customer.tabs", panels.TAB)
    contribute("customer.timeline", panels.TIMELINE)
    contribute(SLOT, Moves("advice", _("Investment advice"), Advice))
    for part in TOLD:
        contribute(telling.SLOT, part)
    contribute(taking.SLOT, TAKEN)
