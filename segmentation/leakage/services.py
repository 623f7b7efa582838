"""Checking the ledger: opened here, done in partitions by any worker, ended once with what leaks."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.money import rounded
from crm.base.sql import run_sql
from crm.jobs import services as jobs
from crm.jobs.models import Partition, RowError, Run
from crm.jobs.workers import in_parallel, work_through
from segmentation.leakage.reckoning import SQL, Reckoning, reckon
from segmentation.models import Leak, Published, WaiverCheck, WaiverPolicy
from segmentation.night.partitions import ranges

log = structlog.get_logger(__name__)
MAX_MONTHS = 24


@transaction.atomic
def open_check(
    *, since: date, through: date, by: Any, policy: WaiverPolicy | None = None, tiers_on: date | None = None
) -> WaiverCheck:
    """Lay out a check of whole months through a month's end or the data date. Raises RuleBroken beside the field."""
    published = Published.objects.first()
    if published is None:
        raise RuleBroken(_("No night has been published: there are no waivers to check."), field="since")
    _check_span(since, through, published.business_date)
    if tiers_on is not None and tiers_on > published.business_date + timedelta(days=1):
        raise RuleBroken(_("The tiers of that day are not decided yet."), field="tiers_on")
    run = Run.objects.create(
        kind=Run.Kind.WAIVER_CHECK,
        business_date=published.business_date,
        started_by=by if hasattr(by, "pk") else None,
        parameters={"published": published.run_id},
    )
    check = WaiverCheck.objects.create(run=run, since=since, through=through, policy=policy, tiers_on=tiers_on)
    shares = ranges()
    jobs.plan(run=run, ranges=shares)
    jobs.begin(run=run, total=sum(high - low for low, high in shares))
    said: dict[str, Any] = {
        "policy": policy.number if policy else None,
        "tiers_on": str(tiers_on) if tiers_on else None,
    }
    audit.record("waiver_check.opened", check, by=by, since=str(since), through=str(through), **said)
    return check


def _check_span(since: date, through: date, published: date) -> None:
    if since.day != 1:
        raise RuleBroken(_("Caps are per month: a check begins on the first day of one."), field="since")
    if through > published:
        raise RuleBroken(_("The nights have come to %(day)s.") % {"day": published}, field="through")
    if through != published and (through + timedelta(days=1)).day != 1:
        raise RuleBroken(_("Caps are per month: a check ends with one, or on the data date."), field="through")
    if through < since:
        raise RuleBroken(_("It ends after it starts."), field="through")
    if (through.year - since.year) * 12 + through.month - since.month >= MAX_MONTHS:
        raise RuleBroken(_("At most %(count)s months are checked at a time.") % {"count": MAX_MONTHS}, field="since")


def unfinished() -> list[WaiverCheck]:
    runs = Run.objects.unfinished().filter(kind=Run.Kind.WAIVER_CHECK)
    return list(WaiverCheck.objects.filter(run__in=runs).select_related("run").order_by("pk"))


def carry_on(check: WaiverCheck, *, patience: float | None = None) -> None:
    """Do partitions until none is left, then sum up. What goes wrong leaves the run failed, with the reason."""
    try:
        steps = [("waivers", partial(reckon, Reckoning.of(check)))]
        work_through(check.run, jobs.Work(steps=steps, give_up=_left_out), patience=patience)
        finish(check)
    except Exception as error:
        log.exception("waiver check failed", check=check.pk)
        jobs.fail(run=check.run, message=f"{type(error).__name__}: {error}")


def _left_out(partition: Partition, error: Exception) -> None:
    message = str(error).splitlines()[0]
    jobs.report(run_id=partition.run_id, customer_id=partition.low, code="poisoned", message=message)


@transaction.atomic
def finish(check: WaiverCheck) -> None:
    """Sum up when the last partition is done: once, by whoever comes first."""
    run = Run.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=check.run_id).first()
    if run is None or run.status != Run.Status.RUNNING or run.partitions.unfinished().exists():
        return
    if not Published.objects.filter(run_id=run.parameters["published"]).exists():
        jobs.end(run=run, status=Run.Status.FAILED, message=_("A night was published meanwhile: try again."))
        return
    while run_sql(SQL / "waiting.sql", check=check.pk):
        pass
    errors = RowError.objects.filter(run=run).exists()
    status = Run.Status.COMPLETED_WITH_ERRORS if errors else Run.Status.COMPLETED
    jobs.end(run=run, status=status, result=effect_of(check))
    audit.record("waiver_check.ended", check, by=run.started_by or "check", leaks=run.result["leaks"])


def effect_of(check: WaiverCheck) -> dict[str, Any]:
    """In figures; money by currency, as text."""
    leaks = Leak.objects.filter(waiver_check=check)
    sums = leaks.order_by("currency").values("currency").annotate(
        without=Sum(F("waived") - F("due"), filter=Q(waived__gt=F("due")), default=0),
        despite=Sum(F("due") - F("waived"), filter=Q(due__gt=F("waived")), default=0),
    )  # fmt: skip
    counts = leaks.aggregate(leaks=Count("pk"), waiting=Count("pk", filter=Q(waits=True)))
    return counts | {
        f"{name}_right": {row["currency"]: str(rounded(row[name], row["currency"])) for row in sums if row[name]}
        for name in ("without", "despite")
    }


def check_waivers(
    *, since: date, through: date, by: Any, policy: WaiverPolicy | None = None, tiers_on: date | None = None
) -> WaiverCheck:
    """A whole check in this process; needs no broker."""
    check = open_check(since=since, through=through, by=by, policy=policy, tiers_on=tiers_on)
    in_parallel(check.run, _carry_on_here)
    check.run.refresh_from_db()
    return check


def _carry_on_here(run: Run) -> None:
    """Each thread with objects of its own."""
    carry_on(WaiverCheck.objects.select_related("run").get(run=run))
