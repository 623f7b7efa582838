"""What an event cost per guest, and how the balances of its guests moved: a change beside it, and no proof."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from managers.models import Event, Invitation
from segmentation.models import FactsMonth


@dataclass(frozen=True)
class Change:
    """Of the guests in reach whose figures are in this currency, on the last month end before the event and the latest since."""

    currency: str
    guests: int
    before: Decimal
    after: Decimal
    before_on: date
    after_on: date

    @property
    def moved(self) -> Decimal:
        return self.after - self.before


def cost_per_guest(event: Event, attended: int) -> Decimal | None:
    return event.cost / attended if event.cost is not None and attended else None


def changes_of(event: Event, user: Any) -> list[Change]:
    """One per currency; none before a month has ended since the event."""
    guests = Invitation.objects.visible_to(user).filter(event=event, state=Invitation.State.ATTENDED)
    rows = FactsMonth.objects.filter(customer__in=guests.values("customer"), balance__isnull=False)
    before = timezone.localdate(event.starts_at).replace(day=1) - timedelta(days=1)
    after = rows.filter(business_date__gt=before).aggregate(day=Max("business_date"))["day"]
    if after is None:
        return []
    found = (
        rows.filter(business_date__in=[before, after])
        .order_by("currency")
        .values("currency")
        .annotate(
            guests=Count("customer", distinct=True),
            before=Coalesce(Sum("balance", filter=Q(business_date=before)), Decimal(0)),
            after=Coalesce(Sum("balance", filter=Q(business_date=after)), Decimal(0)),
        )
    )
    return [Change(**row, before_on=before, after_on=after) for row in found]
