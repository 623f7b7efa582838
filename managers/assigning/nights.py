"""A night of assigning, or the trial of one: opened, laid out in groups, done group by group by any worker, and ended once."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.sql import run_sql
from crm.identity.models import User
from crm.jobs import services as jobs
from crm.jobs.models import Partition, RowError, Run
from crm.jobs.workers import in_parallel, work_through
from customers.models import Customer
from managers.assigning.candidates import open_to_customers, staff_of
from managers.assigning.grouping import groups_of
from managers.assigning.looking import look
from managers.assigning.planning import plan_of
from managers.assigning.programme import NotSolved
from managers.assigning.reading import books_of, people_of
from managers.assigning.writing import carry_out, keep_figures, tell_heads
from managers.books.querysets import uncovered
from managers.models import AssignmentGroup, ManagedCustomer, Manager
from segmentation.managed.versions import assigning_on
from segmentation.models import Published
from segmentation.services.policies import next_day

log = structlog.get_logger(__name__)
SQL = Path(__file__).parent / "sql"
TRIAL = "is_trial"
AGAIN = timedelta(hours=1)


def assign_due(*, at: datetime) -> Run | None:
    """The one night of assigning of the published business date, from its opening to its end; None where it has been."""
    run = open_night()
    if run:
        carry_on(run, patience=0)  # lays it out, so that it is known how many can work at it
        in_parallel(run, carry_on)
        run.refresh_from_db()
    return run


@transaction.atomic
def open_night() -> Run | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('assigning'))")
    published = Published.objects.first()
    if published is None:
        return None
    day = published.business_date
    own = Run.objects.filter(kind=Run.Kind.ASSIGNMENT, business_date=day, parameters__is_trial=False).first()
    if own:
        return _again(own)
    return Run.objects.create(kind=Run.Kind.ASSIGNMENT, business_date=day, parameters={TRIAL: False})


def _again(run: Run) -> Run | None:
    """One that went wrong is tried again, an hour later at the earliest."""
    if run.status != Run.Status.FAILED or run.finished_at is None or run.finished_at > timezone.now() - AGAIN:
        return None
    jobs.reopen(run=run)
    return run


@transaction.atomic
def open_trial(*, by: User) -> Run:
    """What the night would do, for heads to look at; nothing changes. Raises RuleBroken before the first night."""
    published = Published.objects.first()
    if published is None:
        raise RuleBroken(_("No night has been published: there are no facts yet."))
    day, said = published.business_date, {TRIAL: True}
    run = Run.objects.create(kind=Run.Kind.ASSIGNMENT, business_date=day, started_by=by, parameters=said)
    audit.record("assignment.tried", run, by=by, day=str(day))
    return run


def unfinished() -> list[Run]:
    return list(Run.objects.unfinished().filter(kind=Run.Kind.ASSIGNMENT).order_by("pk"))


def carry_on(run: Run, *, patience: float | None = None) -> None:
    """Do groups until none is left, then sum up. What goes wrong leaves the run failed, with the reason."""
    try:
        prepare(run)
        work = jobs.Work(
            steps=[("group", partial(_plan, run))], give_up=partial(_left_out, run), refused=(RuleBroken, NotSolved)
        )
        work_through(run, work, patience=patience)
        finish(run)
    except Exception as error:
        log.exception("assigning failed", run=run.pk)
        jobs.begin(run=run, total=0)  # where it had not even begun
        jobs.fail(run=run, message=f"{type(error).__name__}: {error}")


@transaction.atomic
def prepare(run: Run) -> None:
    """Look at the rules, let go of suggestions that are overtaken, and lay out the groups: once, by whoever comes first."""
    locked = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if locked.status != Run.Status.QUEUED:
        return
    at = timezone.now()
    day, policy = timezone.localdate(at), assigning_on(next_day())
    look()
    if not locked.parameters[TRIAL]:
        takers = open_to_customers(Manager.objects.all(), day).values_list("pk", flat=True)
        run_sql(SQL / "lapsed.sql", takers=list(takers), at=at)
    groups = groups_of(locked, on=day, budget=policy.max_moves)
    AssignmentGroup.objects.bulk_create(groups)
    locked.parameters |= {"threshold": policy.threshold}
    locked.save(update_fields=["parameters"])
    jobs.plan(run=locked, ranges=[(number, number + 1) for number in range(len(groups))])
    jobs.begin(run=locked, total=len(groups))


def _plan(run: Run, partition: Partition) -> int:
    """One group, in one transaction with the mark that it is done. The number of its customers."""
    run = Run.objects.get(pk=run.pk)
    group, at = AssignmentGroup.objects.get(run=run, number=partition.low), timezone.now()
    people = people_of(group, at=at)
    staff = staff_of(group.branches, group.teams, timezone.localdate(at))
    books = books_of(staff.people)
    loads = {key: book.planned for key, book in books.items()}
    threshold = run.parameters["threshold"] / 100
    plan = plan_of(people, staff, loads, budget=group.budget, threshold=threshold)
    if not run.parameters[TRIAL]:
        carry_out(plan, group, people, staff, at=at)
    keep_figures(plan, group, people, staff, books)
    return len(people)


def _left_out(run: Run, partition: Partition, error: Exception) -> None:
    message = str(error).splitlines()[0]
    jobs.report(run_id=run.pk, customer_id=None, code="group", message=message)
    if not run.parameters[TRIAL]:
        group = AssignmentGroup.objects.get(run=run, number=partition.low)
        of_group = Q(branch__in=group.branches, team=None) | Q(team__in=group.teams)
        left = ManagedCustomer.objects.filter(of_group, customer__in=uncovered(Customer.objects.all()))
        left.update(reason=ManagedCustomer.Reason.FAILED)


@transaction.atomic
def finish(run: Run) -> None:
    """Sum up when the last group is done: once."""
    locked = Run.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=run.pk).first()
    if locked is None or locked.status != Run.Status.RUNNING or locked.partitions.unfinished().exists():
        return
    result = result_of(locked)
    errors = RowError.objects.filter(run=locked).exists()
    status = Run.Status.COMPLETED_WITH_ERRORS if errors else Run.Status.COMPLETED
    jobs.end(run=locked, status=status, result=result)
    if not locked.parameters[TRIAL]:
        audit.record("assignment.ended", locked, by="night", placed=result["placed"], moved=result["moved"])
        tell_heads(locked.pk, at=timezone.now())


def result_of(run: Run) -> dict[str, Any]:
    groups, left = list(run.groups.all()), Counter[str]()  # type: ignore[attr-defined]  # a reverse name
    for group in groups:
        left.update(group.left)
    placed, moved = sum(group.placed for group in groups), sum(group.moved for group in groups)
    return {"placed": placed, "moved": moved, "left": dict(left)}
