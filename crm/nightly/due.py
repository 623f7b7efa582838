"""Which business dates are due. A business date is a calendar day in CRM_TIME_ZONE."""

from datetime import date, timedelta

from django.db.models import Min
from django.utils import timezone

from customers.models import Balance, FeeCharge, Transaction
from segmentation.models import Published


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def first_day_with_data() -> date | None:
    """The first night of a new bank; None before anything came in."""
    firsts = [
        Balance.objects.aggregate(first=Min("on"))["first"],
        Transaction.objects.aggregate(first=Min("booked_on"))["first"],
        FeeCharge.objects.aggregate(first=Min("charged_on"))["first"],
    ]
    return min((day for day in firsts if day), default=None)


def next_due(*, through: date) -> date | None:
    """The earliest date that no night has published, if it is not after `through`."""
    published = Published.objects.first()
    day = published.business_date + timedelta(days=1) if published else first_day_with_data()
    return day if day and day <= through else None
