"""Runs every business date that is due, in order, without a broker."""

import json
from datetime import date, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crm.audit.seals import seal_events
from crm.jobs.models import Run
from crm.nightly import after, due
from crm.nightly.night import run_night

EXIT = {Run.Status.WAITING: 5, Run.Status.FAILED: 1}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--date", type=date.fromisoformat, help="this business date alone")
        parser.add_argument("--through", type=date.fromisoformat, help="the last business date; default yesterday")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, **options) -> None:
        only: date | None = options["date"]
        through = only or options["through"] or due.yesterday()
        again = self._again(only) if only else None
        nights = [again] if again else self._run(only, through)
        if nights and not again:
            seal_events(at=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps({"dates": nights}))
        elif not nights:
            self.stdout.write("Nothing is due.")
        code = EXIT.get(nights[-1]["status"], 0) if nights else 0
        if code:
            raise SystemExit(code)

    def _again(self, only: date) -> dict | None:
        """A finished date run again: listed, with nothing done."""
        run = Run.objects.nights().published().filter(business_date=only).first()
        return _line(run, again=True) if run else None

    def _run(self, only: date | None, through: date) -> list[dict]:
        first = day = due.next_due(through=through)
        if only and first and first < only:
            raise CommandError(f"{first} is due before {only}; run it first.", returncode=2)
        total = (through - first).days + 1 if first else 0
        nights = []
        while day and day <= through:
            run = run_night(day=day)
            nights.append(_line(run))
            after.follow(at=timezone.now())
            self.stderr.write(
                f"{len(nights)}/{total} {day} {run.status} {nights[-1]['seconds']} s {run.message}".rstrip()
            )
            if not run.has_ended:
                break
            day += timedelta(days=1)
        return nights


def _line(run: Run, *, again: bool = False) -> dict:
    done = {} if again else run.result
    seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at and run.started_at else 0
    return {
        "date": str(run.business_date),
        "status": run.status,
        "customers": done.get("customers", 0),
        "tier_moves": done.get("tier_moves", 0),
        "waiver_entries": done.get("waiver_entries", 0),
        "waived": done.get("waived", {}),
        "partitions": 0 if again else run.partitions.count(),
        "seconds": 0 if again else round(seconds, 3),
    }
