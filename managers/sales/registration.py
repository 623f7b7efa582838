"""What opportunities add to the roles, the slots, the pages, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from managers.models import Opportunity, StageMove
from managers.sales import panels
from managers.sales.viewsets import OpportunityViewSet

TOLD = Told(
    "opportunities",
    _("Opportunities"),
    Opportunity,
    ("product__name", "stage", "amount", "currency", "probability", "close_on", "next_step", "next_on", "source",
     "competitors", "lost_reason", "lost_words", "opened_at", "closed_at"),
    names={"product__name": _("product")},
)  # fmt: skip
STEPS = Told(
    "opportunity-moves",
    _("Moves of opportunities"),
    StageMove,
    ("opportunity__product__name", "from_stage", "to_stage", "at", "amount", "currency", "probability", "lost_reason", "reason"),
    key="opportunity__customer__in",
    names={"opportunity__product__name": _("product")},
)  # fmt: skip
TAKEN = Owned(_("Words about opportunities"), Category.CONDUCT, Opportunity, function="managers_erase_sales")


def register() -> None:
    allow("opportunities:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("opportunities:write", Role.MANAGER, Role.HEAD)
    contribute("api.routes", ("opportunities", OpportunityViewSet, "opportunities"))
    contribute("navigation", NavigationEntry(_("Pipeline"), "pipeline", "target-arrow", "sales", "opportunities:read"))
    contribute("customer.annotations", panels.with_opportunities)
    contribute("customer.now", panels.NOW, weight=60)
    contribute("customer.tabs", panels.TAB)
    contribute("customer.timeline", panels.MOVES)
    contribute(SLOT, Moves("opportunities", _("Opportunities"), Opportunity))
    for part in (TOLD, STEPS):
        contribute(telling.SLOT, part)
    contribute(taking.SLOT, TAKEN)
