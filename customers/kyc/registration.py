"""What risks and reviews add to the roles, the slots, the pages, to proposals and to a merge."""

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.kyc import panels
from customers.kyc.proposals import KINDS
from customers.kyc.viewsets import ROUTES
from customers.models import KycReview, RiskRating
from customers.querysets.kyc import CLEARED


def _waiting_on_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    there = KycReview.objects.waiting().filter(customer=survivor_id).values("is_case")
    return KycReview.objects.waiting().filter(customer=absorbed_id, is_case__in=there)


def _cases_on_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    there = RiskRating.objects.cases().filter(customer=survivor_id)
    return RiskRating.objects.cases().filter(Exists(there), customer=absorbed_id)


class Discreet(Moves):
    """Cases move too, but whoever is about to merge learns from no number that there is one."""

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        return self.rows(survivor_id, absorbed_id).filter(is_case=False).count()


def register() -> None:
    for resource in ("kyc-reviews", "kyc-ratings"):
        allow(f"{resource}:read", Role.MANAGER, Role.HEAD, Role.APPROVER, Role.AUDITOR)
        allow(f"{resource}:write", Role.MANAGER, Role.HEAD)
    # an anti-money-laundering case shows only to those cleared for it
    allow(CLEARED, Role.HEAD, Role.APPROVER, Role.AUDITOR)
    for route in ROUTES:
        contribute("api.routes", route)
    for kind in KINDS:
        contribute("approvals.kinds", kind)
    contribute(SLOT, Discreet("risk-ratings", _("Money-laundering risks"), RiskRating, _cases_on_both))
    contribute(SLOT, Discreet("kyc-reviews", _("KYC reviews"), KycReview, _waiting_on_both))
    contribute(
        "navigation", NavigationEntry(_("KYC reviews"), "kyc_reviews", "shield-check", "customers", "kyc-reviews:read")
    )
    contribute("customer.annotations", panels.with_kyc)
    contribute("customer.badges", panels.BADGE)
    contribute("customer.now", panels.NOW, weight=20)
    contribute("customer.tabs", panels.KYC)
    contribute("customer.timeline", panels.EVENTS)
