"""Tasks open by what happened and are closed by who did them, or by themselves."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.sql import rows_of, run_sql
from crm.identity.models import User
from crm.identity.services.alerts import notify
from managers.models import Task

SQL = Path(__file__).parent / "sql"
CLOSINGS = (Task.State.DONE, Task.State.DISMISSED)
DUE_WITHIN = timedelta(days=3)


@transaction.atomic
def follow_postings(*, as_of: datetime) -> None:
    """After entries were sent or answered: a task for each refusal, and an end to those that were reversed since."""
    due_on = timezone.localdate(as_of) + DUE_WITHIN
    told: Counter[int] = Counter()
    for row in rows_of(SQL / "refused_postings.sql", due_on=due_on, as_of=as_of):
        told[row["told"]] += row["tasks"]
    run_sql(SQL / "settled_postings.sql", as_of=as_of)
    for user in User.objects.filter(pk__in=told):
        count = told[user.pk]
        text = ngettext(
            "The core refused %(count)s posting of a waived fee.",
            "The core refused %(count)s postings of waived fees.",
            count,
        )
        notify(users=[user], text=text % {"count": count}, url=reverse("tasks"), at=as_of)


@transaction.atomic
def close_task(*, task: Task, state: str, remark: str, by: User, as_of: datetime) -> Task:
    """Done, or dismissed for a reason. Raises RuleBroken where it is closed already or no reason is given."""
    task = Task.objects.for_change(task)
    if task.state != Task.State.OPEN:
        raise RuleBroken(_("This task is closed already: %(state)s.") % {"state": task.get_state_display()})
    if state not in CLOSINGS:
        raise RuleBroken(_("A task ends as done or dismissed."), field="state")
    if state == Task.State.DISMISSED and not remark.strip():
        raise RuleBroken(_("Say why nothing is to be done."), field="remark")
    task.state, task.remark, task.closed_by, task.closed_at = Task.State(state), remark.strip(), by, as_of
    task.version += 1
    task.save(update_fields=["state", "remark", "closed_by", "closed_at", "version"])
    audit.record(
        "task.closed", task, by=by, customer_id=task.customer_id, state=str(state), about=f"{task.kind}:{task.about}"
    )
    return task
