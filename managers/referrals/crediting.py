"""Who referred a customer has the credit of one sale: the first accepted referral of the product's family that has none yet."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.identity.models import User
from crm.identity.services.alerts import notify
from managers.models import Opportunity, Referral, ReferralCredit


def credit_won(*, opportunity: Opportunity, by: User, at: datetime) -> ReferralCredit | None:
    """In the transaction that wins the sale. Of two referrals the older one has it; of two sales at once the second finds it taken."""
    rows = Referral.objects.accepted().filter(customer=opportunity.customer_id, referred_at__lte=at)
    own = rows.filter(family=opportunity.product.family)
    list(own.select_for_update(of=("self",), no_key=True).order_by("pk"))
    referral = own.uncredited().order_by("referred_at", "pk").first()
    if referral is None:
        return None
    credit = ReferralCredit.objects.create(referral=referral, opportunity=opportunity, credited_at=at)
    _record("referral.credited", credit, referral, by=by)
    text = _("Your referral for “%(family)s” led to a sale.") % {"family": referral.get_family_display()}
    notify(users=[referral.referred_by], text=text, url=reverse("referrals"), at=at)
    return credit


def take_back(*, opportunity: Opportunity, by: User, at: datetime) -> None:
    """The sale is open again: the credit is that of the next one that is won."""
    credit = (
        ReferralCredit.objects.filter(opportunity=opportunity, taken_back_at=None).select_related("referral").first()
    )
    if credit:
        credit.taken_back_at = at
        credit.save(update_fields=["taken_back_at"])
        _record("referral.credit_taken_back", credit, credit.referral, by=by)


def _record(action: str, credit: ReferralCredit, referral: Referral, *, by: User) -> None:
    told: dict[str, Any] = {"family": str(referral.family), "opportunity": credit.opportunity_id}
    audit.record(action, referral, by=by, customer_id=referral.customer_id, **told)
