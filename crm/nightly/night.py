"""The night: one business date through its steps, partition by partition, to the moment of publishing.

PostgreSQL is the record: any number of workers may call `carry_on` for the same run, and any of them may die.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.measures import measure_doubtful
from crm.jobs import services as jobs
from crm.jobs.models import Partition, Run
from crm.jobs.workers import in_parallel, work_through
from segmentation.night import decisions, facts, late, months, publish, recovery, waivers
from segmentation.night.context import Night
from segmentation.night.partitions import ranges
from segmentation.night.pinning import newest, pin, take_changes
from segmentation.safety import stops
from segmentation.segments import classification
from segmentation.value import late as late_values

log = structlog.get_logger(__name__)

STEPS: tuple[tuple[str, Callable[[Night, Partition], int]], ...] = (
    ("held", facts.compute),
    ("facts", facts.keep),
    ("late_facts", late.add),
    ("segments", classification.classify),
    ("tiers", decisions.decide),
    ("waivers", waivers.waive),
    ("closed_month", months.close),
    ("late_values", late_values.stage),
)


def work_of(night: Night) -> jobs.Work:
    steps = [(name, partial(step, night)) for name, step in STEPS]
    return jobs.Work(steps=steps, give_up=partial(recovery.give_up, night))


@transaction.atomic
def open_run(*, day: date, by=None) -> tuple[Run, bool]:
    """The one run of a business date, and whether this call made it. A failed one is opened again.

    A run that a person refused stays as it is: a new one is planned with the inputs of the moment.
    """
    locked = Run.objects.standing().select_for_update(no_key=True)
    run, created = locked.get_or_create(
        kind=Run.Kind.NIGHT, business_date=day, defaults={"started_by": by, "status": Run.Status.QUEUED}
    )
    if run.status == Run.Status.FAILED or (run.status == Run.Status.WAITING and not run.partitions.exists()):
        jobs.reopen(run=run)
    if run.status == Run.Status.QUEUED:
        _plan(run)
    if created:
        audit.record("night.opened", run, by=by or "night")
    return run, created


def _plan(run: Run) -> None:
    """Lay out the partitions, once; without a scheme the run waits for one."""
    assert run.business_date is not None
    published = newest()
    pinned = pin(run.business_date, published)
    if not pinned["versions"]:
        message = _("No tier scheme is in force on %(day)s: publish one.") % {"day": run.business_date}
        jobs.end(run=run, status=Run.Status.WAITING, message=message)
        return
    taken = take_changes(run.business_date, published, pinned["known_month"])
    run.parameters = run.parameters | {"pinned": pinned | taken}
    run.save(update_fields=["parameters"])
    facts.make_room(run.business_date)
    if pinned["closing"]:
        months.make_room(pinned["closing"])
    measure_doubtful()
    shares = ranges()
    jobs.plan(run=run, ranges=shares)
    jobs.begin(run=run, total=sum(high - low for low, high in shares))


def carry_on(run: Run, *, patience: float | None = None) -> None:
    """Do partitions until none is left, then publish. `patience` in seconds stops early; None waits for the end."""
    night = Night.of(run)
    work_through(run, work_of(night), patience=patience)
    finish(run, night)


@transaction.atomic
def finish(run: Run, night: Night | None = None) -> None:
    """Publish when the last partition is done: exactly once, by whoever comes first."""
    locked = Run.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=run.pk).first()
    if locked is None or locked.status != Run.Status.RUNNING or locked.partitions.unfinished().exists():
        return
    night = night or Night.of(locked)
    excesses = [] if stops.is_released(locked) else publish.breaker(night)
    if excesses:
        stops.stop(run=locked, excesses=excesses)
        jobs.end(run=locked, status=Run.Status.WAITING, message=str(excesses[0]))
        return
    verdict = publish.publish(night)
    jobs.end(run=locked, status=verdict.status, message=verdict.message, result=verdict.result)
    audit.record("night.published", locked, by="night", status=verdict.status, **verdict.result)


def run_night(*, day: date, by=None) -> Run:
    """A whole night in this process, with as many connections as CRM_NIGHT_WORKERS; needs no broker.

    What goes wrong is logged and leaves the run failed, to be opened again.
    """
    run, _created = open_run(day=day, by=by)
    if run.status == Run.Status.RUNNING:
        try:
            in_parallel(run, carry_on)
        except Exception as error:
            log.exception("night failed", day=str(day))
            jobs.fail(run=run, message=f"{type(error).__name__}: {error}")
    run.refresh_from_db()
    return run
