"""The customer as of the end of a past day: the record from its history, holdings from the balances.

Slots "customer.as_of" and, below the holdings, "customer.as_of.papers": panels whose object is a `Past`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.validators import MinValueValidator
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from crm.base.days import midnight
from customers import portfolio
from customers.duplicates.moves import moved_by
from customers.models import Customer, Merge
from customers.rates import Total, total_of
from customers.views.head import PREFERENCES, RECORD, known_of

SLOT = "customer.as_of"
PAPERS = "customer.as_of.papers"
EARLIEST = MinValueValidator(date(1900, 1, 1), gettext_lazy("Nothing is known of days before 1900."))
# sections whose reading the trail names
DISCREET = ("documents", "kyc")
FIELDS = ("kind", "name", "status", "branch", "manager", *RECORD, *PREFERENCES)


@dataclass(frozen=True)
class Past:
    """A customer and a day; `until` is the first moment after it. `user` reads it, cases of money laundering if cleared."""

    customer: Customer
    day: date
    user: Any = None
    is_cleared: bool = False

    @property
    def until(self) -> datetime:
        return midnight(self.day + timedelta(days=1))

    @cached_property
    def row(self) -> Any:
        """The record as it was, by the first copy that a later change left; None where there was none yet."""
        if self.customer.created_at >= self.until:
            return None
        later = self.customer.events.filter(pgh_created_at__gte=self.until).select_related("branch", "manager")
        return later.order_by("pgh_id").first() or self.customer

    @cached_property
    def stands_as(self) -> Customer | None:
        """The record of which the customer's became a part, where the user sees it in full."""
        into = self.customer.merged_into_id
        return Customer.objects.open_to(self.user).filter(pk=into).first() if into else None

    @property
    def is_whole(self) -> bool:
        """Nothing was erased, nor stands with a record that the user does not see: what is not told was not there."""
        return not self.customer.erased_on and (not self.customer.merged_into_id or self.stands_as is not None)

    @cached_property
    def merges(self) -> list[Merge]:
        """Those since the day, by which the customer absorbed another record or became a part of one."""
        return list(Merge.objects.standing().of(self.customer.pk).filter(at__gte=self.until))

    @property
    def absorbed(self) -> list[Merge]:
        return [merge for merge in self.merges if merge.survivor_id == self.customer.pk]

    def own(self, name: str, field: str = "customer") -> Q:
        """Rows that were the customer's at the end of the day, by the name under which a merge keeps what it moved.

        What moved since stands with the record that it came from.
        """
        found = Q(**{field: self.customer})
        came = [key for merge in self.absorbed for key in moved_by(merge, name)]
        went = [key for merge in self.merges if merge not in self.absorbed for key in moved_by(merge, name)]
        if went and self.is_whole:
            found |= Q(pk__in=went)
        return found & ~Q(pk__in=came) if came else found

    @property
    def record(self) -> list[tuple[str, str]]:
        """The fields that were known, in words; none where the record is younger."""
        return known_of(self.row, FIELDS) if self.row else []

    @cached_property
    def piles(self) -> list[portfolio.Pile]:
        return portfolio.piles(self.customer, self.day)

    def total(self, currency: str) -> Total:
        return total_of(self.piles, currency, self.day)
