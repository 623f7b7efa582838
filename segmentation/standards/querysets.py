from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from customers.querysets.parties import OfCustomerQuerySet


class UseQuerySet(OfCustomerQuerySet):
    def with_undone(self) -> Self:
        """`is_undone`: whether a reversal takes the use back."""
        return self.annotate(is_undone=Exists(self.model.objects.filter(reverses=OuterRef("pk"))))

    def standing(self) -> Self:
        """Uses that no reversal took back, and no reversals."""
        return self.filter(reverses=None, reversal=None)


class EntitlementOverrideQuerySet(OfCustomerQuerySet):
    def holding(self, on: date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), since__lte=on, until__gt=on)

    def overlapping(self, since: date, until: date) -> Self:
        """Those that hold on some day from `since` to before `until`."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=since), since__lt=until, until__gt=since)


class GoldCardQuerySet(OfCustomerQuerySet):
    def open(self) -> Self:
        return self.filter(until=None)

    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def for_change(self, customer: Any) -> Any:
        """The period that is open, locked until the transaction ends; None for who never had a card."""
        rows = self.open().filter(customer=customer).order_by("pk")
        return rows.select_for_update(of=("self",), no_key=True).first()
