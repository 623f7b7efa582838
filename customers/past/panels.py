"""What consents, flags, assessments and the household were on a past day."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from customers.contacting.suitability import suitability_of
from customers.models import Consent, Flag, HouseholdMember, Interaction, Purpose
from customers.past.reading import Past


def _permissions(request: HttpRequest, past: Past) -> dict[str, Any]:
    own = {"customer": past.customer}
    channels, purposes = dict(Interaction.Channel.choices), dict(Purpose.choices)
    consents = Consent.objects.holding(past.until).filter(**own).order_by("purpose", "channel")
    return {
        "suitability": suitability_of(past.customer, past.day),
        "flags": Flag.objects.holding(past.day).filter(**own).order_by("since"),
        "consents": [(purposes[each.purpose], channels[each.channel], each.given_at) for each in consents],
    }


def _household(request: HttpRequest, past: Past) -> dict[str, Any] | None:
    """The members in reach; others are counted."""
    held = HouseholdMember.objects.holding(past.day)
    mine = held.filter(customer=past.customer).select_related("household").first()
    if mine is None:
        return None
    everybody = HouseholdMember.objects.of(mine.household_id, request.user).holding(past.day)
    members = [each for each in everybody if each.in_reach]
    return {"household": mine.household, "members": members, "others": len(everybody) - len(members)}


PERMISSIONS = Panel(
    "permissions", "customers/past/_permissions.html", _permissions, _("Suitability and consent"), "consents:read"
)
HOUSEHOLD = Panel("household", "customers/past/_household.html", _household, _("Household"), "households:read")
