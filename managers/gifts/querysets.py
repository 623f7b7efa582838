from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db.models import OuterRef, Subquery, Sum

from customers.querysets.parties import OfCustomerQuerySet


class GiftQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """No part of an outline."""
        return self.open_to(user)

    def standing(self) -> Self:
        return self.filter(struck_at=None)

    def of_year(self, year: int) -> Self:
        return self.filter(given_on__gte=date(year, 1, 1), given_on__lte=date(year, 12, 31))

    def given(self, customers: list[int], year: int) -> dict[int, Decimal]:
        """What each of them was given in the year."""
        rows = self.standing().of_year(year).filter(customer__in=customers).order_by()
        return dict(rows.values("customer").annotate(total=Sum("amount")).values_list("customer", "total"))

    def total(self, year: int) -> Subquery:
        """For an annotation of customers."""
        rows = self.standing().of_year(year).filter(customer=OuterRef("pk")).order_by()
        return Subquery(rows.values("customer").annotate(total=Sum("amount")).values("total"))

    def for_change(self, gift: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=gift.pk)
