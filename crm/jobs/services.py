"""Claim, lease, fence, close: how workers share a run without losing or doubling a row.

A claim is one short transaction. The work and the done-mark are another one; if the lease ran out and somebody else
claimed the partition meanwhile, the fence has risen and the late worker's whole transaction is rolled back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from crm.jobs.models import Partition, RowError, Run

Step = tuple[str, Callable[[Partition], int]]


class FenceLost(Exception):
    """Another worker claimed the partition; this one's work must not count."""


@dataclass(frozen=True)
class Work:
    """What a run does with a partition: named steps in order, and what to do with a single row that can't be done."""

    steps: Sequence[Step]
    give_up: Callable[[Partition, Exception], None]
    # what, beside a refusal of the database, spoils a partition and not the run
    refused: tuple[type[Exception], ...] = ()


def plan(*, run: Run, ranges: Iterable[tuple[int, int]]) -> None:
    """Lay out the partitions of a run, low inclusive and high exclusive; a second plan of the same run adds nothing."""
    rows = [Partition(run=run, number=number, low=low, high=high) for number, (low, high) in enumerate(ranges)]
    Partition.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def claim(*, run: Run, worker: str, at: datetime) -> Partition | None:
    """The next partition for this worker, leased and fenced; None where nothing is to be had now."""
    partition = run.partitions.claimable(at=at).locked_next().first()
    if partition is None:
        return None
    partition.status = Partition.Status.CLAIMED
    partition.fence += 1
    partition.attempts += 1
    partition.worker = worker
    partition.lease_until = at + timedelta(seconds=settings.CRM_LEASE_SECONDS)
    partition.save(update_fields=["status", "fence", "attempts", "worker", "lease_until"])
    return partition


def perform(*, partition: Partition, work: Work) -> None:
    """Do the steps and close, all or nothing; a partition that the database refuses is split down to the row."""
    spoiled: tuple[type[Exception], ...] = (DataError, IntegrityError, *work.refused)
    try:
        with transaction.atomic():
            started, log, rows = monotonic(), [], 0
            for name, step in work.steps:
                begun = monotonic()
                done = step(partition)
                rows += done
                log.append({"step": name, "rows": done, "ms": round((monotonic() - begun) * 1000)})
            _close(partition, steps=log, rows=rows, milliseconds=round((monotonic() - started) * 1000))
    except spoiled as error:
        _split(partition, work, error)


def _close(partition: Partition, *, steps: list[dict], rows: int, milliseconds: int) -> None:
    closed = Partition.objects.filter(pk=partition.pk, fence=partition.fence, status=Partition.Status.CLAIMED).update(
        status=Partition.Status.DONE, steps=steps, rows=rows, milliseconds=milliseconds, lease_until=None
    )
    if not closed:
        raise FenceLost(f"partition {partition.pk} was claimed by another worker")
    Run.objects.filter(pk=partition.run_id).update(rows_done=F("rows_done") + partition.high - partition.low)


@transaction.atomic
def _split(partition: Partition, work: Work, error: Exception) -> None:
    """Halve a poisoned partition; a single row that is poisoned is reported and the run goes on."""
    mine = Partition.objects.filter(pk=partition.pk, fence=partition.fence, status=Partition.Status.CLAIMED)
    message = str(error).splitlines()[0][:300]
    if partition.high - partition.low <= 1:
        work.give_up(partition, error)
        if not mine.update(status=Partition.Status.FAILED, message=message, lease_until=None):
            raise FenceLost(f"partition {partition.pk} was claimed by another worker")
        return
    if not mine.update(status=Partition.Status.SPLIT, message=message, lease_until=None):
        raise FenceLost(f"partition {partition.pk} was claimed by another worker")
    middle = (partition.low + partition.high) // 2
    last = Partition.objects.filter(run_id=partition.run_id).aggregate(last=Max("number"))["last"]
    Partition.objects.bulk_create(
        Partition(run_id=partition.run_id, number=last + place, low=low, high=high)
        for place, (low, high) in enumerate([(partition.low, middle), (middle, partition.high)], start=1)
    )


def report(*, run_id: int, customer_id: int | None, code: str, message: str) -> None:
    """Note a row that could not be done."""
    RowError.objects.create(run_id=run_id, customer_id=customer_id, code=code, message=message[:300])


def begin(*, run: Run, total: int) -> None:
    """Mark a queued run as running; its own transaction has planned the partitions before."""
    begun = {"status": Run.Status.RUNNING, "started_at": timezone.now(), "rows_total": total}
    if Run.objects.filter(pk=run.pk, status=Run.Status.QUEUED).update(**begun):
        for name, value in begun.items():
            setattr(run, name, value)


def end(*, run: Run, status: str, message: str = "", result: dict | None = None) -> None:
    """Close a run, inside the transaction of its last effect."""
    run.status, run.message = status, message[:300]
    run.finished_at = None if status == Run.Status.WAITING else timezone.now()
    run.result = result or {}
    run.save(update_fields=["status", "message", "finished_at", "result"])


def fail(*, run: Run, message: str) -> None:
    """Something that no row is to blame for; the run can be opened again. One that another worker ended stays ended."""
    Run.objects.filter(pk=run.pk, status=Run.Status.RUNNING).update(
        status=Run.Status.FAILED, message=message.splitlines()[0][:300], finished_at=timezone.now()
    )


@transaction.atomic
def reopen(*, run: Run) -> None:
    """Queue a failed run again. What its partitions did stays done; claims are void, since the fence rises."""
    run.partitions.filter(status=Partition.Status.CLAIMED).update(
        status=Partition.Status.OPEN, fence=F("fence") + 1, lease_until=None
    )
    run.status = Run.Status.RUNNING if run.partitions.exists() else Run.Status.QUEUED
    run.message, run.finished_at = "", None
    run.save(update_fields=["status", "message", "finished_at"])
