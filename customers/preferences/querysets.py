from collections.abc import Iterable
from typing import Any, Self

from django.db.models import F, Q

from crm.identity.models import User
from customers.querysets.parties import OfCustomerQuerySet

# who looks after the customer, or checks who does, knows all; who serves anybody knows how to speak with them
CLOSE = (User.Role.MANAGER, User.Role.HEAD, User.Role.AUDITOR)
COMMON = ("form_of_address", "language", "channel", "time")


class PreferenceQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of the customers in reach, and what the role is to know of them."""
        found = super().visible_to(user)
        return found if sees_all(user) else found.filter(kind__in=COMMON)

    def open(self) -> Self:
        """What nobody has ended or said anew."""
        return self.filter(ended_at=None)

    def holding(self) -> Self:
        """Open ones; of what the customer's record holds itself, those that say what stands there."""
        columns = self.model.COLUMNS
        same = Q(*(Q(kind=kind, value=F(f"customer__{name}")) for kind, name in columns.items()), _connector=Q.OR)
        return self.open().filter(~Q(kind__in=list(columns)) | same)


def sees_all(user: Any) -> bool:
    return getattr(user, "role", None) in CLOSE


def kinds_for(user: Any, kinds: Iterable[str]) -> list[str]:
    """Of the kinds, those that the user's role is to know, in their order."""
    return [str(kind) for kind in kinds if sees_all(user) or kind in COMMON]
