"""Who may grant a request: whose limit holds it together with what stands granted of the same thing.

A limit is of one kind and one product or fee for one customer, whoever granted what stands. What the request replaces does
not count beside it, for it ends with the grant; what only ends soon counts through its last day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm.identity.models import User
from crm.identity.services.heads import heads_upwards
from managers.models import ResourceRequest
from managers.requests.terms import RULES, limit_of


@dataclass(frozen=True)
class Room:
    """Of somebody's limit: `used` by what stands granted beside the request, whose own measure is `asked`."""

    limit: Decimal
    used: Decimal
    asked: Decimal

    @property
    def holds(self) -> bool:
        return self.used + self.asked <= self.limit


def room_for(request: ResourceRequest, user: User, on: date) -> Room:
    return _rooms(request, [user], on)[0]


def heads_for(request: ResourceRequest, on: date) -> list[User]:
    """At work in the customer's branch or above it, other than who asked, within whose limit it is."""
    heads = [head for head in heads_upwards(request.customer.branch) if head.pk != request.asked_by_id]
    return [head for head, room in zip(heads, _rooms(request, heads, on), strict=True) if room.holds]


def _rooms(request: ResourceRequest, users: Sequence[User], on: date) -> list[Room]:
    """What they find stays true until the transaction ends where the customer is locked."""
    rows: Any = ResourceRequest.objects.with_used(on)
    used, terms = rows.get(pk=request.pk).used, RULES.content_on(on)
    return [Room(limit_of(terms, request.kind, user), used, request.measure) for user in users]
