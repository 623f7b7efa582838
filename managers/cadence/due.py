"""When the next contact with a customer is due: one statement, the same for one customer and for the whole book.

Who logs a contact has the customer locked. Who reckons many without that waits for those who log, and they for them: nobody writes
what was true before.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from crm.base.business import business_days
from crm.base.sql import run_text, text_of
from customers.models import Customer, Interaction
from managers.cadence.plan import plan_of
from managers.models import ContactPlan

SQL = Path(__file__).parent / "sql"
Channel, Outcome = Interaction.Channel, Interaction.Outcome
BATCH = 10_000
# where both speak, whoever began
LIVE = (Channel.BRANCH, Channel.PHONE, Channel.VIDEO, Channel.VISIT, Channel.EVENT)
# what only somebody who answered has said
ANSWERED = (Outcome.AGREED, Outcome.DECLINED)
IN_PERSON = (Channel.BRANCH, Channel.VISIT, Channel.EVENT)


def is_two_way(contact: Interaction) -> bool:
    """Whether both spoke: an unanswered call does not count, nor a letter without an answer. As sql/counts.sql has it."""
    if contact.outcome == Outcome.NOT_REACHED:
        return False
    return contact.direction == Interaction.Direction.IN or contact.channel in LIVE or contact.outcome in ANSWERED


def keep_book(*, at: datetime) -> int:
    """The whole book, some at a time: who logs a contact waits for one batch at most."""
    keys = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
    batches = (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
    return sum(keep_due(customers=batch, at=at, are_locked=False) for batch in batches)


@transaction.atomic
def keep_due(*, customers: Sequence[int] | None, at: datetime, are_locked: bool = True, **_why: Any) -> int:
    """What is due with these customers, whom the caller has locked, or None for all; the number of rows that are others now.

    As often as one likes.
    """
    day = timezone.localdate(at)
    version = ContactPlan.objects.in_force(day)
    if version is None:
        return 0
    is_shared = are_locked and customers is not None
    lock = "pg_advisory_xact_lock_shared" if is_shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtext('due contacts'))")
    asked = None if customers is None else list(customers)
    parameters = _parameters(version, day) | {"customers": asked}
    return run_text(statement("kept", asked=statement("asked")), **parameters)


def statement(name: str, **parts: str) -> str:
    """What kinds of contacts count, and when the next one falls, is said once for all the statements."""
    shared = {"counts": text_of(SQL / "counts.sql"), "falls": text_of(SQL / "falls.sql")}
    return text_of(SQL / f"{name}.sql").format(**shared, **parts)


def follow_managers(*, customers: Sequence[int] | None, at: datetime, **_why: Any) -> None:
    """After the handovers. The whole book, after a file, is looked at by the next hour: nobody who logs a contact waits for it."""
    if customers is not None:
        keep_due(customers=customers, at=at)


def _parameters(version: ContactPlan, day: date) -> dict[str, Any]:
    plan = plan_of(version.content)
    columns = ("tier", "every", "unit", "executive_months", "site_months")
    return {
        **{f"{name}s": [getattr(line, name) for line in plan.lines] for name in columns},
        "doubled_days": plan.doubled_days,
        "late_days": plan.late_days,
        "day": day,
        **of_bank(day),
    }


def of_bank(day: date) -> dict[str, Any]:
    """What statements around a day ask of the bank: its calendar, and what contacts and customers are."""
    return {
        "zone": settings.TIME_ZONE,
        "business_days": _as_array(business_days(day)),
        "statuses": [str(status) for status in Customer.TIERED],
        "live": [str(channel) for channel in LIVE],
        "in_person": [str(channel) for channel in IN_PERSON],
        "answered": [str(outcome) for outcome in ANSWERED],
        "company": str(Customer.Kind.COMPANY),
    }


@lru_cache(maxsize=4)
def _as_array(days: tuple[date, ...]) -> str:
    """PostgreSQL reads thousands of days faster from one text than one by one."""
    return "{" + ",".join(map(str, days)) + "}"
