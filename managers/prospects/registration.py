"""What prospects add to the roles, the slots, the pages, to a merge and to an erasure."""

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Blanked, Category
from customers.privacy.telling import Told
from managers.models import Prospect
from managers.prospects import panels
from managers.prospects.viewsets import ProspectViewSet

TOLD = Told(
    "prospects", _("As a prospect"), Prospect, ("source", "stage", "next_step", "next_on", "lost_because", "noted_at")
)


def noted_of_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    """The one that stays keeps its own, and nobody was referred by themselves."""
    has_one = Exists(Prospect.objects.filter(customer=survivor_id))
    return Prospect.objects.filter(Q(has_one) | Q(referrer=survivor_id), customer=absorbed_id)


def register() -> None:
    allow("prospects:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.AUDITOR)
    allow("prospects:write", Role.MANAGER, Role.TELLER, Role.HEAD)
    contribute("api.routes", ("prospects", ProspectViewSet, "prospects"))
    contribute("navigation", NavigationEntry(_("Prospects"), "prospects", "user-search", "sales", "prospects:read"))
    contribute("customer.annotations", panels.with_prospect)
    contribute("customer.now", panels.NOW, weight=65)
    contribute(SLOT, Moves("prospects", _("As a prospect"), Prospect, noted_of_both))
    contribute(telling.SLOT, TOLD)
    contribute(
        taking.SLOT,
        Blanked(
            _("Words about prospects"), Category.CONDUCT, Prospect, fields=("next_step", "next_on", "lost_because")
        ),
    )
