from datetime import datetime
from typing import Any, Self

from customers.querysets.parties import OfCustomerQuerySet


class ReferralQuerySet(OfCustomerQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=self.model.State.WAITING)

    def overdue(self, at: datetime) -> Self:
        """Not answered in time, and not yet put before the heads."""
        return self.waiting().of_standing().filter(due_at__lte=at, escalated_at=None)

    def for_change(self, referral: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("customer__manager", "referred_by")
        return rows.get(pk=referral.pk)
