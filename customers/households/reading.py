"""Who looked at a household looked at each of its members in reach: the trail of each says so."""

from collections.abc import Iterable
from typing import Any

from crm.base import signals
from customers.models import Customer, HouseholdMember


def announce(memberships: Iterable[HouseholdMember], user: Any, what: str) -> None:
    seen = {each.customer_id: each.customer for each in memberships if each.in_reach}  # type: ignore[attr-defined]  # with_reach
    for pk, customer in seen.items():
        signals.read.send(Customer, user=user, obj=customer, what=what, customer_id=pk)
