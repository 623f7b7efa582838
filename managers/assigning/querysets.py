from typing import Any, Self

from django.db.models import Exists, OuterRef

from customers.querysets.parties import OfCustomerQuerySet


class ManagedQuerySet(OfCustomerQuerySet):
    def of(self, customers: Any) -> Exists:
        """Whether the rules picked a customer of the outer query."""
        return Exists(self.filter(customer=OuterRef(customers)))


class SuggestionQuerySet(OfCustomerQuerySet):
    def open(self) -> Self:
        return self.filter(state=self.model.State.OPEN)

    def locked(self) -> Self:
        """As they are now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True)
        return rows.select_related("customer", "giver", "taker").order_by("pk")
