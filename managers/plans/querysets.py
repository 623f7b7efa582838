"""Plans of customers in reach, and what belongs to them."""

from datetime import date
from typing import Any, Self

from django.db.models import QuerySet

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class CustomerPlanQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """They tell of money: no part of an outline."""
        return self.open_to(user)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def overdue(self, on: date) -> Self:
        """Open, and nobody has looked back in time."""
        return self.open().filter(review_on__lt=on)

    def for_change(self, plan: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("customer").get(pk=plan.pk)


class OfPlanQuerySet(QuerySet):
    """Rows with a `plan`."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_of(user).open_q("plan__customer__"))
