"""A night that the breaker stopped: it is noted with its moves, and a person publishes or refuses it."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.jobs.models import Run
from segmentation.models import FactsMonth, StagedPeer, StagedSegments, StagedWaiver, Stop
from segmentation.night.publish import Excess


def stop(*, run: Run, excesses: Iterable[Excess]) -> Stop:
    """Note why the night waits; in the transaction that makes it wait."""
    moves = [asdict(excess) | {"limit": str(excess.limit), "share": str(excess.share)} for excess in excesses]
    return Stop.objects.create(run=run, started_by=run.started_by, moves=moves)


def is_released(run: Run) -> bool:
    return Stop.objects.filter(run=run, answer=Stop.Answer.RELEASED).exists()


@transaction.atomic
def release(*, run: Run, reason: str, by: User) -> Run:
    """Let a stopped night be published; the caller finishes it in the same transaction."""
    run = _answered(run, Stop.Answer.RELEASED, reason, by)
    run.status, run.message = Run.Status.RUNNING, ""
    run.save(update_fields=["status", "message"])
    audit.record("night.released", run, by=by, reason=reason)
    return run


@transaction.atomic
def refuse(*, run: Run, reason: str, by: User) -> Run:
    """Never publish a stopped night. Its business date is due again, and is planned anew with that day's inputs.

    Its decisions stay with the run, unseen; what it staged and its copy of a month end go. The facts
    stand in the slot that nobody reads, and the next run writes over them.
    """
    run = _answered(run, Stop.Answer.REFUSED, reason, by)
    assert run.business_date is not None
    StagedWaiver.objects.filter(run=run).delete()
    StagedSegments.objects.filter(run=run).delete()
    StagedPeer.objects.filter(run=run).delete()
    FactsMonth.objects.filter(business_date=run.business_date).delete()
    run.status, run.finished_at = Run.Status.REFUSED, timezone.now()
    run.save(update_fields=["status", "finished_at"])
    audit.record("night.refused", run, by=by, reason=reason)
    return run


def _answered(run: Run, answer: str, reason: str, by: User) -> Run:
    run = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    waiting = Stop.objects.filter(run=run, answer="").first()
    if run.status != Run.Status.WAITING or waiting is None:
        raise RuleBroken(_("This run does not wait for anybody."))
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason")
    if run.started_by_id == by.pk:
        raise RuleBroken(_("Whoever started a night can't answer for it."))
    waiting.answer, waiting.reason, waiting.answered_by, waiting.answered_at = (
        answer,
        reason.strip(),
        by,
        timezone.now(),
    )
    waiting.save(update_fields=["answer", "reason", "answered_by", "answered_at"])
    return run
