"""Verbs on the rows of a manager's day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from managers.day.reading import Row
from managers.models import LaidAside, Task
from managers.todo.services import close_task

LONGEST = timedelta(days=366)


@transaction.atomic
def snooze(*, row: Row, until: date, by: User, at: datetime) -> LaidAside:
    """Off the day until a day, on which it stands there again. Raises RuleBroken."""
    today = timezone.localdate(at)
    if not today < until <= today + LONGEST:
        raise RuleBroken(_("A day from tomorrow on, within a year, belongs here."), field="until", code="until")
    return _lay_aside(row, by, at, until=until)


@transaction.atomic
def dismiss(*, row: Row, reason: str, by: User, at: datetime) -> LaidAside | Task:
    """Off the day for good, for a reason: of a task for everybody, of anything else for the manager. Raises RuleBroken."""
    if not reason.strip():
        raise RuleBroken(_("Say why nothing is to be done."), field="reason", code="required")
    if row.is_task:
        if not by.may("tasks:write"):
            raise RuleBroken(_("Your role closes no tasks."), code="role")
        task = Task.objects.get(pk=row.about)
        return close_task(task=task, state=Task.State.DISMISSED, remark=reason, by=by, as_of=at)
    return _lay_aside(row, by, at, reason=reason.strip())


def _lay_aside(row: Row, by: User, at: datetime, *, until: date | None = None, reason: str = "") -> LaidAside:
    kept = LaidAside.objects.create(
        manager=by, key=row.key, customer_id=row.customer_id, until=until, reason=reason, at=at
    )
    said = {"until": until.isoformat()} if until else {"reason": reason}
    audit.record("day.laid_aside", kept, by=by, customer_id=row.customer_id, key=row.key, **said)
    return kept
