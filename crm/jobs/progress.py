"""How far a run is, for people who watch it."""

from dataclasses import dataclass
from datetime import datetime

from crm.jobs.models import Run


@dataclass(frozen=True)
class Progress:
    """`rate` in customers per second; `left` in seconds, None before the rate is known."""

    done: int
    total: int
    percent: int
    rate: int
    left: int | None


def progress_of(run: Run, *, at: datetime) -> Progress:
    done, total = run.rows_done, run.rows_total
    ended = not run.is_under_way and run.status != Run.Status.FAILED
    percent = 100 if ended else min(99, done * 100 // total) if total else 0
    seconds = ((run.finished_at or at) - run.started_at).total_seconds() if run.started_at else 0
    rate = done / seconds if seconds > 0 else 0
    left = round((total - done) / rate) if rate and not ended else None
    return Progress(done=done, total=total, percent=percent, rate=round(rate), left=left)
