"""Writes tier periods, waivers or facts as CSV."""

import csv
from datetime import date
from pathlib import Path
from typing import TextIO

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from segmentation.exports import KINDS


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("--on", type=date.fromisoformat, help="a day; see the README")
        parser.add_argument("--out", metavar="FILE.csv", type=Path, help="default: stdout")

    def handle(self, *args, **options) -> None:
        kind, on, out = options["kind"], options["on"], options["out"]
        try:
            if out is None:
                rows = self._write(kind, on, self.stdout)
            else:
                with out.open("w", encoding="utf-8", newline="") as file:
                    rows = self._write(kind, on, file)
        except RuleBroken as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}", returncode=2) from error
        audit.record(
            f"{kind}.exported", kind, by="export", kind=Event.Kind.EXPORT, rows=rows, on=str(on) if on else None
        )

    def _write(self, kind: str, on: date | None, file: TextIO | OutputWrapper) -> int:
        """The number of rows below the header."""
        writer = csv.writer(file, lineterminator="\n")
        rows = -1
        for row in KINDS[kind](on):
            writer.writerow(row)
            rows += 1
        return rows
