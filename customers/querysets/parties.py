from typing import Self

from django.db import models

from crm.identity.scope import scope_of


class CustomerQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The customers within the user's reach; the unknown see nothing."""
        return self.filter(scope_of(user).customers_q())

    def active(self) -> Self:
        return self.filter(status=self.model.Status.ACTIVE)

    def tiered(self) -> Self:
        """Those who have a tier: active, dormant, frozen."""
        return self.filter(status__in=self.model.TIERED)


class OfCustomerQuerySet(models.QuerySet):
    """Rows with a `customer`."""

    def visible_to(self, user) -> Self:
        return self.filter(scope_of(user).customers_q("customer__"))
