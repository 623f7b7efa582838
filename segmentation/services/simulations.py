"""Trying a draft policy: opened here, done in partitions by any worker, and ended once with its effect."""

from datetime import date, datetime
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.jobs import services as jobs
from crm.jobs.models import Partition, RowError, Run
from crm.jobs.workers import in_parallel, work_through
from segmentation.models import Published, SimulatedTier, SimulatedWaiver, Simulation
from segmentation.night.partitions import ranges
from segmentation.policies import Policy
from segmentation.schemes import Scheme
from segmentation.simulation.effect import effect_of
from segmentation.simulation.steps import STEPS
from segmentation.simulation.trial import Trial, night_of
from segmentation.versions import scheme_versions_on

log = structlog.get_logger(__name__)
NIGHTS_BACK = 800


@transaction.atomic
def open_simulation(*, draft: Any, by: Any, day: date | None = None) -> Simulation:
    """Check the draft and lay out its run. `day` has published facts: the data date or a month end; without one, the
    newest review day of the draft. Raises RuleBroken with the path of what is wrong."""
    policy = Policy.parse(draft)
    if policy.scheme is None and policy.lines is None:
        raise RuleBroken(_("Only a tier scheme or a waiver policy can be tried."), field="draft")
    day = _day(policy, day)
    if policy.scheme:
        _same_currency(policy.scheme, day)
    run = Run.objects.create(kind=Run.Kind.SIMULATION, business_date=day, started_by=by if hasattr(by, "pk") else None)
    simulation = Simulation.objects.create(
        run=run,
        business_date=day,
        draft=draft,
        draft_hash=digest(draft),
        is_review=policy.scheme is None or policy.scheme.is_review_day(day),
    )
    shares = ranges()
    jobs.plan(run=run, ranges=shares)
    jobs.begin(run=run, total=sum(high - low for low, high in shares))
    audit.record("simulation.opened", simulation, by=by, day=str(day), hash=simulation.draft_hash)
    return simulation


def _day(policy: Policy, asked: date | None) -> date:
    published = Published.objects.first()
    if published is None:
        raise RuleBroken(_("No night has been published: there are no facts yet."), field="date")
    if asked:
        night_of(asked)
        if asked != published.business_date and not _is_month_end(asked):
            raise RuleBroken(
                _("No facts are kept of %(day)s: only of the published date and of month ends.") % {"day": asked},
                field="date",
            )
        return asked
    if policy.scheme is None:
        return published.business_date
    days = Run.objects.nights().published().order_by("-business_date").values_list("business_date", flat=True)
    kept = (day for day in days[:NIGHTS_BACK] if day and (day == published.business_date or _is_month_end(day)))
    return next((day for day in kept if policy.scheme.is_review_day(day)), published.business_date)


def _is_month_end(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def _same_currency(scheme: Scheme, day: date) -> None:
    """Facts are in the currency of the scheme that was in force."""
    version = scheme_versions_on(day).get(scheme.customer_kind)
    if version and version.currency != scheme.currency:
        raise RuleBroken(
            _("The figures of %(day)s are in %(currency)s: a draft in another currency can't be tried on them.")
            % {"day": day, "currency": version.currency},
            field="tier_scheme.currency",
        )


def unfinished() -> list[Simulation]:
    runs = Run.objects.unfinished().filter(kind=Run.Kind.SIMULATION)
    return list(Simulation.objects.filter(run__in=runs).select_related("run").order_by("pk"))


def carry_on(simulation: Simulation, *, patience: float | None = None) -> None:
    """Do partitions until none is left, then sum up. What goes wrong leaves the run failed, with the reason."""
    try:
        trial = Trial.of(simulation)
        steps = [(name, partial(step, trial)) for name, step in STEPS]
        work_through(simulation.run, jobs.Work(steps=steps, give_up=partial(_left_out, trial)), patience=patience)
        finish(simulation, trial)
    except Exception as error:
        log.exception("simulation failed", simulation=simulation.pk)
        jobs.fail(run=simulation.run, message=f"{type(error).__name__}: {error}")


def _left_out(trial: Trial, partition: Partition, error: Exception) -> None:
    message = str(error).splitlines()[0]
    jobs.report(run_id=partition.run_id, customer_id=partition.low, code="poisoned", message=message)


@transaction.atomic
def finish(simulation: Simulation, trial: Trial) -> None:
    """Sum up when the last partition is done: once, by whoever comes first.

    A night that was published meanwhile may have written over the figures that the first partitions read.
    """
    run = Run.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=simulation.run_id).first()
    if run is None or run.status != Run.Status.RUNNING or run.partitions.unfinished().exists():
        return
    published = Published.objects.first()
    if trial.is_published and (published is None or published.run_id != trial.night.run.pk):
        jobs.end(run=run, status=Run.Status.FAILED, message=_("A night was published meanwhile: try again."))
        return
    errors = RowError.objects.filter(run=run).exists()
    status = Run.Status.COMPLETED_WITH_ERRORS if errors else Run.Status.COMPLETED
    jobs.end(run=run, status=status, result=effect_of(trial))
    audit.record("simulation.ended", simulation, by=run.started_by or "simulate", movers=run.result["movers"])


def simulate(*, draft: Any, by: Any, day: date | None = None) -> Simulation:
    """A whole simulation in this process; needs no broker."""
    simulation = open_simulation(draft=draft, by=by, day=day)
    in_parallel(simulation.run, _carry_on_here)
    simulation.run.refresh_from_db()
    return simulation


def simulate_within(*, draft: Any, by: Any) -> Simulation:
    """A whole simulation in the caller's transaction, on its one connection. Raises RuleBroken where it fails."""
    simulation = open_simulation(draft=draft, by=by)
    carry_on(simulation)
    simulation.run.refresh_from_db()
    if not simulation.run.has_ended:
        raise RuleBroken(simulation.run.message)
    return simulation


def _carry_on_here(run: Run) -> None:
    """Each thread with objects of its own."""
    carry_on(Simulation.objects.select_related("run").get(run=run))


@transaction.atomic
def forget(*, before: datetime) -> int:
    """Let go of the rows of simulations that ended before a moment; their effect stays. The number of rows."""
    old = Simulation.objects.filter(run__finished_at__lt=before)
    tiers, _each = SimulatedTier.objects.filter(simulation__in=old).delete()
    charges, _each = SimulatedWaiver.objects.filter(simulation__in=old).delete()
    return tiers + charges
