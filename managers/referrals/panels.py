from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from customers.models import Customer, Product
from managers.models import Referral


def with_referrals() -> dict[str, Any]:
    """`waiting_referrals`: at most one for each family."""
    own = Referral.objects.waiting().filter(customer=OuterRef("pk")).order_by("referred_at", "pk")
    return {"waiting_referrals": ArraySubquery(own.values(said=JSONObject(pk="pk", family="family", note="note")))}


def _now(request: Any, customer: Customer) -> dict[str, Any] | None:
    waiting = customer.waiting_referrals  # type: ignore[attr-defined]  # by the annotation
    stands = not customer.merged_into_id and customer.status not in Customer.GONE
    may_answer = request.user.may("opportunities:write")
    may_refer = request.user.may("referrals:write") and stands and not may_answer
    if not waiting and not may_refer:
        return None
    found = [said | {"label": Product.Family(said["family"]).label} for said in waiting]
    return {"referrals": found, "may_refer": may_refer, "may_answer": may_answer}


NOW = Panel("referrals", "managers/referrals/_now.html", _now, gettext_lazy("Referrals"), "referrals:read")
