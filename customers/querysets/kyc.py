"""Risks and reviews: what of an anti-money-laundering case is, only those see who are cleared for it."""

from datetime import date
from typing import Any, Self

from customers.querysets.parties import OfCustomerQuerySet

CLEARED = "aml-cases:read"


class ClearedQuerySet(OfCustomerQuerySet):
    def visible_to(self, user) -> Self:
        return super().visible_to(user).cleared_for(user)

    def cleared_for(self, user) -> Self:
        """Whoever may see the customer: cases only for who may know of them."""
        return self.told(is_cleared=getattr(user, "is_authenticated", False) and user.may(CLEARED))

    def told(self, *, is_cleared: bool) -> Self:
        return self if is_cleared else self.plain()

    def plain(self) -> Self:
        """Without cases."""
        return self.filter(is_case=False)


class RiskRatingQuerySet(ClearedQuerySet):
    def cases(self) -> Self:
        """Those that have not ended."""
        return self.filter(is_case=True, ended_at=None)

    def for_change(self, rating: Any) -> Any:
        return self.select_for_update(of=("self",), no_key=True).select_related("customer").get(pk=rating.pk)


class KycReviewQuerySet(ClearedQuerySet):
    def waiting(self) -> Self:
        """Not concluded."""
        return self.exclude(state=self.model.State.DONE)

    def done(self) -> Self:
        return self.filter(state=self.model.State.DONE)

    def due(self, through: date) -> Self:
        return self.waiting().of_standing().filter(due_on__lte=through)

    def for_change(self, review: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("customer").get(pk=review.pk)
