from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from customers.models import Customer, Need
from customers.voice.services import WITHDRAWABLE

MOST = 100


def _needs(request: Any, customer: Customer) -> dict[str, Any]:
    rows = Need.objects.standing().filter(customer=customer).select_related("product", "by")[:MOST]
    user, fresh = request.user, timezone.now() - WITHDRAWABLE
    return {
        "needs": [(need, need.by_id == user.pk and need.noted_at > fresh) for need in rows],
        "may_note": user.may("needs:write") and not customer.merged_into_id,
    }


NEEDS = Panel("needs", "customers/voice/_needs.html", _needs, _("Needs"), "needs:read", in_outline=True)
