"""Primaries follow the records of the customers, through whatever door those changed: slot "customer.managers"."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from crm.base.sql import run_sql
from managers.books.ending import end_assignment
from managers.models import Assignment

SQL = Path(__file__).parent / "sql"
STEPS = ("ended", "reopened", "begun")


@transaction.atomic
def follow_records(
    *, customers: Sequence[int] | None, at: datetime, by_id: int | None = None, reason: str = ""
) -> None:
    """Make the primaries of these customers, None for all, what their records say from this day on. As often as one likes.

    Customers whose record somebody else is changing are left to them. Who became the primary is backup and sponsor no
    more; a record that was merged away or erased has neither.
    """
    asked = None if customers is None else list(customers)
    parameters = {"customers": asked, "day": timezone.localdate(at), "reason": reason[:300], "by": by_id, "at": at}
    for name in STEPS:
        run_sql(SQL / f"{name}.sql", **parameters)
    _end_beside(asked, at)


def _end_beside(customers: list[int] | None, at: datetime) -> None:
    beside = Assignment.objects.unended(timezone.localdate(at)).exclude(role=Assignment.Role.PRIMARY)
    if customers is not None:
        beside = beside.filter(customer__in=customers)
    is_history = Q(customer__erased_on__isnull=False) | Q(customer__merged_into__isnull=False)
    for each in beside.filter(Q(manager=F("customer__manager")) | is_history).order_by("pk"):
        end_assignment(assignment=each, by="night", at=at)
