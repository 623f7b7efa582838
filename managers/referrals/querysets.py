from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from customers.querysets.parties import OfCustomerQuerySet


class ReferralQuerySet(OfCustomerQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=self.model.State.WAITING)

    def accepted(self) -> Self:
        return self.filter(state=self.model.State.ACCEPTED)

    def uncredited(self) -> Self:
        return self.exclude(Exists(self._credits()))

    def with_credit(self) -> Self:
        """`credited_at`: when a sale was put down to it, None where none was."""
        return self.annotate(credited_at=Subquery(self._credits().values("credited_at")))

    def _credits(self) -> QuerySet:
        made = self.model.credits.rel.related_model.objects
        return made.filter(referral=OuterRef("pk"), taken_back_at=None)

    def overdue(self, at: datetime) -> Self:
        """Not answered in time, and not yet put before the heads."""
        return self.waiting().of_standing().filter(due_at__lte=at, escalated_at=None)

    def for_change(self, referral: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("customer__manager", "referred_by")
        return rows.get(pk=referral.pk)
