"""What an endpoint tells of a past day beside the record: each section for who holds, and whose token carries, its permissions."""

from collections.abc import Callable
from typing import Any

from rest_framework.request import Request

from crm.base.permissions import allows
from customers.contacting.suitability import suitability_of
from customers.past.around import group_of, household_of, limits_of, relations_of
from customers.past.known import consents_of, documents_of, flags_of, kyc_of, preferences_of
from customers.past.reading import Past

# name of a section: what its reader must hold, and how it is read
READ: dict[str, tuple[tuple[str, ...], Callable[[Past, Any], Any]]] = {
    "flags": (("flags:read",), lambda past, user: flags_of(past)),
    "consents": (("consents:read",), lambda past, user: consents_of(past)),
    "suitability": (("risk-assessments:read",), lambda past, user: suitability_of(past.customer, past.day)),
    "preferences": (
        ("preferences:read",),
        lambda past, user: [row for one in preferences_of(past, user) for row in one.rows],
    ),
    "household": (("households:read",), household_of),
    "documents": (("documents:read",), lambda past, user: documents_of(past)),
    "kyc": (("kyc-reviews:read", "kyc-ratings:read"), kyc_of),
    "relations": (("companies:read",), relations_of),
    "group": (("companies:read", "groups:read"), group_of),
    "limits": (("companies:read",), limits_of),
}


def sections_of(past: Past, request: Request) -> dict[str, Any]:
    return {
        name: read(past, request.user) if all(allows(request, each) for each in needed) else None
        for name, (needed, read) in READ.items()
    }
