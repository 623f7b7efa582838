"""What risks and reviews add to the roles, the slots, the pages, to proposals and to a merge."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT
from customers.kyc import panels
from customers.kyc.merging import Ratings, Reviews, cases_on_both, waiting_on_both
from customers.kyc.proposals import KINDS
from customers.kyc.viewsets import ROUTES
from customers.models import KycReview, RiskRating
from customers.querysets.kyc import CLEARED


def register() -> None:
    for resource in ("kyc-reviews", "kyc-ratings"):
        allow(f"{resource}:read", Role.MANAGER, Role.HEAD, Role.APPROVER, Role.AUDITOR)
        allow(f"{resource}:write", Role.MANAGER, Role.HEAD)
    allow("kyc-intervals:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("kyc-intervals:write", Role.ADMIN)
    # an anti-money-laundering case shows only to those cleared for it
    allow(CLEARED, Role.HEAD, Role.APPROVER, Role.AUDITOR)
    for route in ROUTES:
        contribute("api.routes", route)
    for kind in KINDS:
        contribute("approvals.kinds", kind)
    contribute(SLOT, Ratings("risk-ratings", _("Money-laundering risks"), RiskRating, cases_on_both))
    contribute(SLOT, Reviews("kyc-reviews", _("KYC reviews"), KycReview, waiting_on_both))
    contribute(
        "navigation", NavigationEntry(_("KYC reviews"), "kyc_reviews", "shield-check", "customers", "kyc-reviews:read")
    )
    contribute(
        "navigation",
        NavigationEntry(_("KYC intervals"), "kyc_intervals", "calendar-repeat", "policies", "kyc-intervals:write"),
    )
    contribute("customer.annotations", panels.with_kyc)
    contribute("customer.badges", panels.BADGE)
    contribute("customer.now", panels.NOW, weight=20)
    contribute("customer.tabs", panels.KYC)
    contribute("customer.timeline", panels.EVENTS)
