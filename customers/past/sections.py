"""What an endpoint tells of a past day beside the record: each section for who holds, and whose token carries, its permissions."""

from collections.abc import Callable
from typing import Any

from rest_framework.request import Request

from crm.base.permissions import allows
from customers.past.around import group_of, household_of, limits_of, relations_of
from customers.past.known import consents_of, documents_of, flags_of, kyc_of, preferences_of, suitability_then
from customers.past.reading import Past

# name of a section: what its reader must hold, and how it is read
READ: dict[str, tuple[tuple[str, ...], Callable[[Past], Any]]] = {
    "flags": (("flags:read",), flags_of),
    "consents": (("consents:read",), consents_of),
    "suitability": (("risk-assessments:read",), suitability_then),
    "preferences": (("preferences:read",), lambda past: [row for one in preferences_of(past) for row in one.rows]),
    "household": (("households:read",), household_of),
    "documents": (("documents:read",), documents_of),
    "kyc": (("kyc-reviews:read", "kyc-ratings:read"), kyc_of),
    "relations": (("companies:read",), relations_of),
    "group": (("companies:read", "groups:read"), group_of),
    "limits": (("companies:read",), limits_of),
}


def sections_of(past: Past, request: Request) -> dict[str, Any]:
    return {
        name: read(past) if all(allows(request, each) for each in needed) else None
        for name, (needed, read) in READ.items()
    }
