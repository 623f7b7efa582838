"""What referrals add to the roles, the slots, the pages, to a merge and to an erasure."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from managers.models import Referral
from managers.referrals import panels
from managers.referrals.viewsets import ReferralViewSet

TOLD = Told(
    "referrals",
    _("Referrals"),
    Referral,
    ("family", "note", "state", "referred_at", "due_at", "escalated_at", "answered_at", "reason"),
)
TAKEN = Owned(_("Words in referrals"), Category.CONDUCT, Referral, function="managers_erase_referrals")


def waiting_on_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    there = Referral.objects.waiting().filter(customer=survivor_id).values("family")
    return Referral.objects.waiting().filter(customer=absorbed_id, family__in=there)


def register() -> None:
    allow("referrals:read", Role.TELLER, Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("referrals:write", Role.TELLER, Role.MANAGER, Role.HEAD)
    contribute("api.routes", ("referrals", ReferralViewSet, "referrals"))
    contribute("navigation", NavigationEntry(_("Referrals"), "referrals", "user-share", "sales", "referrals:read"))
    contribute("customer.annotations", panels.with_referrals)
    contribute("customer.now", panels.NOW, weight=70)
    contribute(SLOT, Moves("referrals", _("Referrals"), Referral, waiting_on_both))
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
