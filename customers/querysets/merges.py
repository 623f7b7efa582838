"""A pair, or a merge, is in reach of who reaches both records."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from crm.identity.scope import scope_of


def _customers(user):
    return apps.get_model("customers", "Customer").objects.visible_to(user).values("pk")


class DuplicateQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        if scope_of(user).everything:
            return self
        return self.filter(scope_of(user).customers_q("first__") & scope_of(user).customers_q("second__"))

    def open(self) -> Self:
        return self.filter(state=self.model.State.OPEN)

    def of(self, customer_id: int) -> Self:
        return self.filter(Q(first=customer_id) | Q(second=customer_id))


class MergeQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        if scope_of(user).everything:
            return self
        return self.filter(survivor__in=_customers(user), absorbed__in=_customers(user))

    def of(self, customer_id: int) -> Self:
        """By which the customer absorbed another record, or was absorbed."""
        return self.filter(Q(survivor=customer_id) | Q(absorbed=customer_id))

    def sealed(self) -> Self:
        """Those that keep contact data."""
        return self.exclude(before="").order_by("pk")

    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def for_change(self, merge):
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=merge.pk)
