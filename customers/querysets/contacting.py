"""Assessments, consents and flags as of a day or moment, and whom they let be contacted."""

from datetime import date, datetime
from typing import Self

from customers.querysets.parties import OfCustomerQuerySet

VALID_YEARS = 1


def oldest_valid(on: date) -> date:
    """An assessment of this day is twelve months old, and holds for the last time."""
    try:
        return on.replace(year=on.year - VALID_YEARS)
    except ValueError:  # 29 February
        return on.replace(year=on.year - VALID_YEARS, day=28)


class RiskAssessmentQuerySet(OfCustomerQuerySet):
    def valid(self, on: date) -> Self:
        """At most twelve months old on the day; the newest of a customer comes first and is the one that counts."""
        return self.filter(assessed_on__lte=on, assessed_on__gte=oldest_valid(on)).order_by("-assessed_on", "-pk")


class ConsentQuerySet(OfCustomerQuerySet):
    def holding(self, at: datetime) -> Self:
        return self.filter(given_at__lte=at).exclude(withdrawn_at__lte=at)

    def open(self) -> Self:
        return self.filter(withdrawn_at=None)


class FlagQuerySet(OfCustomerQuerySet):
    def holding(self, on: date) -> Self:
        return self.filter(since__lte=on).exclude(until__lte=on)
