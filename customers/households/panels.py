"""The household on the page of a customer."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from customers.households.rollup import roll_up
from customers.models import Customer, HouseholdMember


def _relations(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    user: Any = request.user
    today = timezone.localdate()
    mine = HouseholdMember.objects.holding(today).filter(customer=customer).select_related("household").first()
    found = roll_up(HouseholdMember.objects.of(mine.household_id, user), today) if mine else None
    may = user.may("households:write") and customer.kind == Customer.Kind.PERSON
    return {"household": mine and mine.household, "roll_up": found, "may_change": may}


RELATIONS = Panel("relations", "customers/households/_relations.html", _relations, _("Relations"), "households:read")
