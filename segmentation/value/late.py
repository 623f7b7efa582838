"""What came late into closed months: reckoned anew by the next night, only for the customers and the months concerned.

What may have changed is noted by triggers (customers/models/changes.py). A partition stages what now says something else;
publishing writes it, so that pages never see half a correction.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Min

from crm.base.sql import run_sql, run_text, scalar, text_of
from crm.jobs.models import Partition
from customers.models import PastChange
from segmentation.models import ClosedMonth, SchemeVersion, StagedValue, ValueVersion
from segmentation.night.context import Night
from segmentation.value.reckoning import SQL, prepare, said_of, valued, write_year

CONCERNED = " AND c.id IN (SELECT x.customer_id FROM value_concerned x WHERE x.since <= %(since)s)"
STAGED = " AND v.customer_id = ANY(ARRAY(SELECT DISTINCT x.customer_id FROM segmentation_stagedvalue x WHERE x.run_id = %(run)s))"
WHOLE = {"low": 0, "high": 2**62}


def stage(night: Night, partition: Partition) -> int:
    """How many months of customers now say something else."""
    noted = PastChange.objects.filter(taken__lte=night.taking)
    first = noted.aggregate(first=Min("since"))["first"]
    closed = _closed(night, first) if first else []
    if not closed:
        return 0
    own = {"run": night.run.pk, "low": partition.low, "high": partition.high}
    run_text("DROP TABLE IF EXISTS value_concerned")
    if not run_sql(SQL / "concerned.sql", taking=night.taking, **_foreign(), **own):
        return 0
    return sum(_stage(month, own) for month in closed)


def _closed(night: Night, first: date) -> list[date]:
    """The months that were closed before this night and may be told otherwise, the oldest first."""
    known = night.known_month
    rows = ClosedMonth.objects.filter(month__gte=first.replace(day=1), month__lte=known) if known else None
    return list(rows.order_by("month").values_list("month", flat=True)) if rows is not None else []


def _stage(month: date, own: dict[str, Any]) -> int:
    said = said_of(month)
    if said is None or not scalar("SELECT EXISTS (SELECT FROM value_concerned WHERE since <= %(since)s)", since=month):
        return 0
    said |= own
    prepare(said, whose=CONCERNED)
    staged = run_text(text_of(SQL / "staged.sql").format(valued=valued()), **said)
    run_sql(SQL / "rates_missing.sql", **said)
    return staged


def _foreign() -> dict[str, Any]:
    """Whether any customer's value may need an exchange rate, or only that of who has accounts in another currency."""
    currencies = {settings.CRM_BASE_CURRENCY, *SchemeVersion.objects.values_list("currency", flat=True).distinct()}
    contents = ValueVersion.objects.values_list("content__currency", flat=True)
    currencies |= {currency for currency in contents if currency}
    return {"all_foreign": len(currencies) > 1, "own_currency": settings.CRM_BASE_CURRENCY}


def write(night: Night) -> None:
    """In the transaction that publishes the night: the months, and each year that holds one of them."""
    staged = StagedValue.objects.filter(run=night.run)
    first = staged.aggregate(first=Min("month"))["first"]
    if first is None:
        return
    run_sql(SQL / "corrected.sql", run=night.run.pk)
    for month in ClosedMonth.objects.filter(month__gte=first).order_by("month").values_list("month", flat=True):
        said = said_of(month)
        if said:
            write_year(said | WHOLE | {"run": night.run.pk}, whose=STAGED)
    StagedValue.objects.all().delete()
