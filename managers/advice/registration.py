"""What advice adds to the roles, the slots, the pages, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from managers.advice import panels
from managers.advice.viewsets import AdviceViewSet
from managers.models import Advice, AdviceAnswer, AdviceLine, AdviceVersion

TOLD = (
    Told("advice", _("Investment advice"), Advice, ("begun_at", "draft")),
    Told(
        "advice-versions", _("Versions of advice"), AdviceVersion,
        ("advice", "number", "goals", "horizon_months", "amount", "currency", "level", "assessed_on", "handed_on", "review_on"),
        key="advice__customer__in",
    ),
    Told(
        "advice-lines", _("Proposals of advice"), AdviceLine,
        ("of__advice", "of__number", "product__name", "amount", "percent", "reason", "risk"),
        key="of__advice__customer__in", names={"product__name": _("product")},
    ),
    Told(
        "advice-answers", _("Answers to advice"), AdviceAnswer,
        ("of__advice", "of__number", "outcome", "channel", "answered_on", "words"), key="of__advice__customer__in",
    ),
)  # fmt: skip
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
