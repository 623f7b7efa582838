from datetime import date
from typing import Any, Self

from django.db.models import OuterRef, Q, Subquery

from customers.querysets.parties import OfCustomerQuerySet
from managers.books.querysets import OfManagerQuerySet
from segmentation.models import Facts


class HandoverQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """No part of an outline. Who gave a customer away does not reach them any more."""
        return self.open_to(user)

    def watched(self, on: date) -> Self:
        return self.filter(handed_on__lte=on, watched_until__gt=on)

    def with_balance(self) -> Self:
        """`balance_now`: of the data date, where it is in the currency of the handover."""
        facts = Facts.objects.filter(customer=OuterRef("customer"), currency=OuterRef("currency"))
        return self.annotate(balance_now=Subquery(facts.values("balance")[:1]))

    def crediting(self, on: date, user: Any) -> Self:
        """Of customers of whom what is won on the day counts for this user too: they gave or received them lately."""
        return self.watched(on).filter(Q(giver=user) | Q(receiver=user))


class LeavingQuerySet(OfManagerQuerySet):
    def ahead(self) -> Self:
        """Neither called off nor done."""
        return self.filter(called_off_at=None, done_at=None)

    def standing(self) -> Self:
        """Of those who leave or have left, and did not come back."""
        return self.filter(called_off_at=None)

    def for_change(self, leaving: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=leaving.pk)
