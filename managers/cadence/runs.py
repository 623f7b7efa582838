"""The book after another contact plan: a run that is opened with the plan, done share by share by any worker, and ended once."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from crm.identity.services import notify
from crm.jobs import services as jobs
from crm.jobs.models import Partition, Run
from crm.jobs.workers import work_through
from customers.models import Customer
from managers.cadence.due import BATCH, keep_due
from managers.models import ContactPlan

log = structlog.get_logger(__name__)


def open_run(*, plan: ContactPlan, by: Any) -> Run:
    """Queued, with the plan; nothing is read yet."""
    started_by = by if hasattr(by, "pk") else None
    return Run.objects.create(kind=Run.Kind.CADENCE, started_by=started_by, parameters={"plan": plan.number})


def unfinished() -> list[Run]:
    return list(Run.objects.unfinished().filter(kind=Run.Kind.CADENCE).order_by("pk"))


def newest() -> Run | None:
    return Run.objects.filter(kind=Run.Kind.CADENCE).order_by("-pk").first()


def carry_on(run: Run, *, patience: float | None = None) -> None:
    """Do shares until none is left, then sum up. What goes wrong leaves the run failed; the next hour looks at the book anyway."""
    try:
        prepare(run)
        work_through(run, jobs.Work(steps=[("due", _reckon)], give_up=_left_out), patience=patience)
        finish(run)
    except Exception as error:
        log.exception("reckoning the contacts due failed", run=run.pk)
        jobs.begin(run=run, total=0)  # where it had not even begun
        jobs.fail(run=run, message=f"{type(error).__name__}: {error}")


@transaction.atomic
def prepare(run: Run) -> None:
    """Lay out the shares: once, by whoever comes first."""
    locked = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if locked.status != Run.Status.QUEUED:
        return
    shares = list(_shares())
    jobs.plan(run=locked, ranges=shares)
    jobs.begin(run=locked, total=sum(high - low for low, high in shares))


def _shares() -> Iterator[tuple[int, int]]:
    """Of so many customers each that who logs a contact waits for no more."""
    keys = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
    return pairwise([*keys[::BATCH], keys[-1] + 1] if keys else [])


def _reckon(partition: Partition) -> int:
    keys = (
        Customer.objects.filter(pk__gte=partition.low, pk__lt=partition.high)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return keep_due(customers=list(keys), at=timezone.now(), are_locked=False)


def _left_out(partition: Partition, error: Exception) -> None:
    message = str(error).splitlines()[0]
    jobs.report(run_id=partition.run_id, customer_id=partition.low, code="poisoned", message=message)


@transaction.atomic
def finish(run: Run) -> None:
    """Sum up when the last share is done: once. Who approved the plan is told."""
    locked = Run.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=run.pk).first()
    if locked is None or locked.status != Run.Status.RUNNING or locked.partitions.unfinished().exists():
        return
    changed = locked.partitions.aggregate(rows=Sum("rows"))["rows"] or 0
    status = Run.Status.COMPLETED_WITH_ERRORS if locked.row_errors.exists() else Run.Status.COMPLETED
    jobs.end(run=locked, status=status, result={"changed": changed})
    if locked.started_by:
        notify(users=[locked.started_by], text=said(changed), url=reverse("contact_plan"), at=timezone.now())


def said(changed: int) -> str:
    text = ngettext(
        "By the contact plan %(count)s contact is due on another day than before.",
        "By the contact plan %(count)s contacts are due on other days than before.",
        changed,
    )
    return text % {"count": f"{changed:,}"}
