"""The customer as of the end of a past day: the record from its history, holdings from the balances.

Slots "customer.as_of" and, below the holdings, "customer.as_of.papers": panels whose object is a `Past`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from customers import portfolio
from customers.models import Customer
from customers.rates import Total, total_of
from customers.views.head import PREFERENCES, RECORD, known_of

SLOT = "customer.as_of"
PAPERS = "customer.as_of.papers"
EARLIEST = MinValueValidator(date(1900, 1, 1), gettext_lazy("Nothing is known of days before 1900."))
FIELDS = ("kind", "name", "status", "branch", "manager", *RECORD, *PREFERENCES)


@dataclass(frozen=True)
class Past:
    """A customer and a day; `until` is the first moment after it."""

    customer: Customer
    day: date

    @property
    def until(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day + timedelta(days=1), time.min))

    @cached_property
    def row(self) -> Any:
        """The record as it was, by the first copy that a later change left; None where there was none yet."""
        if self.customer.created_at >= self.until:
            return None
        later = self.customer.events.filter(pgh_created_at__gte=self.until).select_related("branch", "manager")
        return later.order_by("pgh_id").first() or self.customer

    @property
    def record(self) -> list[tuple[str, str]]:
        """The fields that were known, in words; none where the record is younger."""
        return known_of(self.row, FIELDS) if self.row else []

    @cached_property
    def piles(self) -> list[portfolio.Pile]:
        return portfolio.piles(self.customer, self.day)

    def total(self, currency: str) -> Total:
        return total_of(self.piles, currency, self.day)
