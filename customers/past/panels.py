"""What of a past day stands beside the record and the holdings: each for who may read the same of today."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from customers.companies.panels import is_company
from customers.models import Household, Interaction, Purpose
from customers.past.around import group_of, household_of, limits_of, relations_of
from customers.past.known import consents_of, documents_of, flags_of, kyc_of, preferences_of, suitability_then
from customers.past.reading import Past


def _permissions(request: HttpRequest, past: Past) -> dict[str, Any]:
    channels, purposes = dict(Interaction.Channel.choices), dict(Purpose.choices)
    return {
        "suitability": suitability_then(past),
        "flags": flags_of(past),
        "consents": [(purposes[each.purpose], channels[each.channel], each.given_at) for each in consents_of(past)],
    }


def _household(request: HttpRequest, past: Past) -> dict[str, Any] | None:
    """The household's page is open to who reaches somebody in it today."""
    found = household_of(past)
    if found is None:
        return None
    is_open = Household.objects.visible_to(request.user).filter(pk=found.all.pk).exists()
    return {"household": found, "is_open": is_open}


def _relations(request: HttpRequest, past: Past) -> dict[str, Any] | None:
    """Of a person the companies that they owned or ran, where there were any."""
    user: Any = request.user
    if not user.may("companies:read"):
        return None
    found, is_firm = relations_of(past), is_company(past.customer)
    if not is_firm and not found.companies:
        return None
    return {"found": found, "is_company": is_firm, "group": group_of(past) if is_firm else None}


def _limits(request: HttpRequest, past: Past) -> dict[str, Any] | None:
    """Of a person what they answered for, which today stands among the relations."""
    user: Any = request.user
    is_firm = is_company(past.customer)
    if not is_firm and not user.may("households:read"):
        return None
    found = limits_of(past)
    return {"found": found, "is_company": is_firm} if is_firm or found.given else None


def _documents(request: HttpRequest, past: Past) -> dict[str, Any]:
    return {"lines": documents_of(past)}


def _kyc(request: HttpRequest, past: Past) -> dict[str, Any]:
    return {"found": kyc_of(past)}


def _preferences(request: HttpRequest, past: Past) -> dict[str, Any]:
    return {"known": preferences_of(past)}


PERMISSIONS = Panel(
    "permissions", "customers/past/_permissions.html", _permissions, _("Suitability and consent"), "consents:read"
)
HOUSEHOLD = Panel("household", "customers/past/_household.html", _household, _("Household"), "households:read")
RELATIONS = Panel("relations", "customers/past/_relations.html", _relations, _("Relations"), "households:read")
LIMITS = Panel("limits", "customers/past/_limits.html", _limits, _("Limits and guarantees"), "companies:read")
DOCUMENTS = Panel("documents", "customers/past/_documents.html", _documents, _("Documents"), "documents:read")
KYC = Panel("kyc", "customers/past/_kyc.html", _kyc, _("KYC"), "kyc-reviews:read")
PREFERENCES = Panel(
    "preferences", "customers/past/_preferences.html", _preferences, _("Preferences"), "preferences:read"
)
BESIDE = (PERMISSIONS, PREFERENCES, HOUSEHOLD)
BELOW = (RELATIONS, LIMITS, DOCUMENTS, KYC)
