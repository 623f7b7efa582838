"""Handovers follow the primaries, through whatever door those changed: slot "customer.managers", after the books."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from crm.base.sql import rows_of, run_sql
from crm.identity.models import User
from crm.identity.services.alerts import notify
from managers.todo.openings import HANDED
from managers.todo.services import open_tasks

SQL = Path(__file__).parent / "sql"
WATCHED_DAYS = 90
# who had nobody for longer than this has nobody to be introduced by
GAP_DAYS = 30


@transaction.atomic
def follow_primaries(
    *, customers: Sequence[int] | None, at: datetime, by_id: int | None = None, reason: str = ""
) -> None:
    """A handover, with its tasks and open opportunities, for each of these customers (None: all) whom another manager has since
    the day. As often as one likes.
    """
    asked = None if customers is None else list(customers)
    parameters = {"customers": asked, "day": timezone.localdate(at)}
    run_sql(SQL / "returned.sql", **parameters)
    handed = rows_of(SQL / "handed.sql", at=at, watched=WATCHED_DAYS, gap=GAP_DAYS, **parameters)
    run_sql(SQL / "passed.sql", at=at, **parameters)
    _tell(Counter(row["giver"] for row in handed if not row["knows"]), at)
    open_tasks(as_of=at, openings=HANDED, customers=asked)


def _tell(given: Counter[int], at: datetime) -> None:
    for user in User.objects.filter(pk__in=given, is_active=True) if given else ():
        count = given[user.pk]
        text = ngettext(
            "%(count)s of your customers has another manager now.",
            "%(count)s of your customers have another manager now.",
            count,
        )
        notify(users=[user], text=text % {"count": count}, url=reverse("customers"), at=at)
