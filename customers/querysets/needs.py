from datetime import datetime
from typing import Self

from customers.querysets.parties import OfCustomerQuerySet


class NeedQuerySet(OfCustomerQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def noted_within(self, since: datetime, until: datetime) -> Self:
        return self.filter(noted_at__gte=since, noted_at__lt=until)

    def for_change(self, need):
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=need.pk)
