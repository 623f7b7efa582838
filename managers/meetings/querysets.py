from datetime import datetime
from typing import Any, Self

from customers.querysets.parties import OfCustomerQuerySet


class MeetingQuerySet(OfCustomerQuerySet):
    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def ahead(self, at: datetime) -> Self:
        return self.standing().filter(ends_at__gt=at)

    def for_change(self, meeting: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("customer", "manager")
        return rows.get(pk=meeting.pk)
