from collections.abc import Iterable
from typing import Any, Self

from django.db.models import F, Q

from crm.identity.models import User
from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet

# who looks after the customer, or checks who does, knows all; who serves anybody knows how to speak with them
CLOSE = (User.Role.MANAGER, User.Role.HEAD, User.Role.AUDITOR)
COMMON = ("form_of_address", "language", "channel", "time")
# of who is seen in outline: nothing by which somebody could say they were them
OUTLINE = ("language", "channel", "time")


class PreferenceQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of the customers in reach, and what the role is to know of them."""
        found = super().visible_to(user)
        if sees_all(user):
            return found
        return found.filter(Q(kind__in=OUTLINE) | Q(kind__in=COMMON) & scope_of(user).open_q("customer__"))

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


def kinds_for(user: Any, kinds: Iterable[str], customer: Any = None) -> list[str]:
    """Of the kinds, those that the user's role is to know, in their order; of a customer in outline fewer."""
    known = COMMON if customer is None or scope_of(user).opens(customer) else OUTLINE
    return [str(kind) for kind in kinds if sees_all(user) or kind in known]
