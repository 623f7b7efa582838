"""Tasks open by what happened and are closed by who did them, or by themselves."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.base.sql import rows_of_text, run_text, text_of
from crm.identity.models import User
from crm.identity.services.alerts import notify
from managers.models import Task
from managers.todo.openings import CHANGES, FOLLOW_UPS, OPENINGS, REFUSED_POSTINGS, SQL, Opening

CLOSINGS = (Task.State.DONE, Task.State.DISMISSED)
SLOT = "tasks.closing"


@dataclass(frozen=True)
class Closing:
    """What it means for the thing itself when somebody closes a task about it; `said` tells them so.

    `follow(task=, by=, at=)` closes the thing too. Without it the thing is done in its own place alone: by hand the task is dismissed.
    """

    kind: Task.Kind
    said: str | Promise
    follow: Callable[..., None] | None = None


def closing_of(task: Task) -> Closing | None:
    return next((each for each in contributions(SLOT) if each.kind == task.kind), None)


@transaction.atomic
def open_tasks(
    *, as_of: datetime, openings: tuple[Opening, ...] = OPENINGS, customers: list[int] | None = None
) -> None:
    """What wants a task and has none gets it, what settled itself is closed, and who looks after the customers is told.

    As often as one likes. `customers` narrows openings that know of it to these.
    """
    zone = timezone.get_default_timezone_name()
    parameters = {"as_of": as_of, "day": timezone.localdate(as_of), "customers": customers, "zone": zone}
    for opening in openings:
        _open(opening, parameters | {"kind": str(opening.kind)})


def follow_postings(*, as_of: datetime) -> None:
    """After entries were sent or answered: a task for each refusal, and an end to those that were reversed since."""
    open_tasks(as_of=as_of, openings=(REFUSED_POSTINGS,))


def follow_changes(*, as_of: datetime) -> None:
    """After a night noticed changes of customers."""
    open_tasks(as_of=as_of, openings=(CHANGES,))


def follow_event(*, as_of: datetime) -> None:
    """After an event was held: its guests hear from their managers."""
    open_tasks(as_of=as_of, openings=(FOLLOW_UPS,))


def _open(opening: Opening, parameters: dict[str, Any]) -> None:
    asked, settled = text_of(opening.asked), text_of(opening.settled)
    told: Counter[int] = Counter()
    for row in rows_of_text(text_of(opening.opened).format(asked=asked), **parameters):
        told[row["told"]] += row["tasks"]
    run_text(text_of(SQL / "settled.sql").format(settled=settled), **parameters)
    for user in User.objects.filter(pk__in=told):
        count = told[user.pk]
        notify(users=[user], text=opening.alert(count) % {"count": count}, url=reverse("tasks"), at=parameters["as_of"])


@transaction.atomic
def close_task(*, task: Task, state: str, remark: str, by: User, as_of: datetime) -> Task:
    """Done, or dismissed for a reason. Raises RuleBroken where it is closed already or no reason is given."""
    task, closing = Task.objects.for_change(task), closing_of(task)
    if task.state != Task.State.OPEN:
        raise RuleBroken(_("This task is closed already: %(state)s.") % {"state": task.get_state_display()})
    if state not in CLOSINGS:
        raise RuleBroken(_("A task ends as done or dismissed."), field="state")
    if state == Task.State.DISMISSED and not remark.strip():
        raise RuleBroken(_("Say why nothing is to be done."), field="remark")
    if state == Task.State.DONE and closing and closing.follow is None:
        raise RuleBroken(str(closing.said), field="state", code="elsewhere")
    put_down(task, state=state, remark=remark.strip(), by=by, at=as_of)
    if closing and closing.follow:
        closing.follow(task=task, by=by, at=as_of)
    return task


def put_down(task: Task, *, state: str, by: User, at: datetime, remark: str = "") -> None:
    """Closes one that is open and locked, where what it is about was closed."""
    task.state, task.remark, task.closed_by, task.closed_at = Task.State(state), remark, by, at
    task.version += 1
    task.save(update_fields=["state", "remark", "closed_by", "closed_at", "version"])
    audit.record(
        "task.closed", task, by=by, customer_id=task.customer_id, state=str(state), about=f"{task.kind}:{task.about}"
    )
