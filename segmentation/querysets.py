from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from customers.querysets.parties import OfCustomerQuerySet


class MoneyQuerySet(OfCustomerQuerySet):
    """Rows that tell of a customer's money: none where the customer is seen in outline only."""

    def visible_to(self, user) -> Self:
        return self.open_to(user)


class TierPeriodQuerySet(OfCustomerQuerySet):
    def open(self) -> Self:
        return self.filter(until=None)

    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class TierDecisionQuerySet(MoneyQuerySet):
    def holding(self, on: date) -> Self:
        """Those that speak for a day: in effect, or made that day without moving anybody.

        Who came in on a review day and earned more stood in the lowest tier for that one day, by the same decision.
        """
        stays = ~Q(outcome__in=self.model.MOVES) | Q(tier_before=None)
        return self.filter(Q(effective_from__lte=on) | (Q(business_date__lte=on) & stays))

    def published(self) -> Self:
        """Those of runs that ended; a run that waits for a person has decided nothing yet."""
        return self.filter(run__status__in=("completed", "completed_with_errors", "held"))


class WaiverEntryQuerySet(MoneyQuerySet):
    def with_totals(self) -> models.QuerySet:
        return self.values("currency").annotate(total=models.Sum("waived"), entries=models.Count("pk"))


class FreeAccountQuerySet(MoneyQuerySet):
    def open(self) -> Self:
        return self.filter(until=None)


class LeakQuerySet(MoneyQuerySet):
    pass


class FeeDueQuerySet(MoneyQuerySet):
    pass


class TierOverrideQuerySet(OfCustomerQuerySet):
    def holding(self, on: date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), since__lte=on, until__gt=on)

    def overlapping(self, since: date, until: date) -> Self:
        """Those that hold on some day from `since` to before `until`."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=since), since__lt=until, until__gt=since)


class SimulationQuerySet(models.QuerySet):
    def newest_of(self, draft_hash: str) -> Any:
        """The last simulation of a draft that came to its end."""
        return self.filter(draft_hash=draft_hash, run__status__in=("completed", "completed_with_errors")).first()


class SimulatedTierQuerySet(OfCustomerQuerySet):
    def movers(self) -> Self:
        """Whom the draft would put into another tier than the published policy did."""
        return self.exclude(published=models.F("draft"))


class PolicyDraftQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Who writes a draft sees it; others see what is proposed."""
        return self.filter(owner_id=user.pk)
