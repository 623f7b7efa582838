"""What handovers add to the roles, the slots and the pages."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT as MERGES
from customers.services.managers import SLOT as MANAGERS
from customers.services.managers import TAKEN_ON
from managers.books.panels import SLOT as PANELS
from managers.day.brief import SLOT as BRIEF
from managers.handovers import panels, subjects
from managers.handovers.following import follow_primaries
from managers.handovers.merging import Handed
from managers.handovers.refusing import refuse_leaver
from managers.handovers.sections import handed_over
from managers.handovers.viewsets import HandoverViewSet, LeavingViewSet


def register() -> None:
    """After the books: handovers follow what those say."""
    allow("handovers:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("handovers:write", Role.HEAD)
    allow("leavings:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("leavings:write", Role.HEAD)
    contribute(MANAGERS, follow_primaries, weight=110)
    contribute(TAKEN_ON, refuse_leaver)
    contribute(MERGES, Handed())
    contribute("api.routes", ("handovers", HandoverViewSet, "handovers"))
    contribute("api.routes", ("leavings", LeavingViewSet, "leavings"))
    contribute("navigation", NavigationEntry(_("Handovers"), "handovers", "arrows-exchange", "day", "handovers:read"))
    contribute(PANELS, panels.LEAVING, weight=50)
    contribute(BRIEF, handed_over, weight=50)
    subjects.register()
