from datetime import date
from typing import Any, Self

from django.db.models import Q

from customers.querysets.parties import OfCustomerQuerySet


class AssignmentQuerySet(OfCustomerQuerySet):
    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def unended(self, on: date) -> Self:
        """Those that hold on the day or will: what may still be ended."""
        return self.filter(Q(until=None) | Q(until__gt=on))

    def beside(self, customer_id: int, on: date) -> Self:
        """Who stands beside the primary, or will."""
        return self.unended(on).exclude(role=self.model.Role.PRIMARY).filter(customer=customer_id)

    def overlapping(self, since: date, until: date | None) -> Self:
        later = Q(until=None) | Q(until__gt=since)
        return self.filter(later) if until is None else self.filter(later, since__lt=until)

    def for_change(self, assignment: Any) -> Any:
        """The assignment as it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=assignment.pk)
