"""import_data KIND FILE: exit 0 all accepted, 3 some rejected, 4 file refused, 2 wrong use."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from customers.imports import errors
from customers.imports.kinds import kind_of
from customers.imports.mapping.profiles import profile_of
from customers.imports.refusals import Refused
from customers.imports.result import Result
from customers.imports.services import import_file

REJECTED, REFUSED = 3, 4


class Command(BaseCommand):
    help = (
        "Take in a file: branches, customers, accounts, holders, balances, transactions, fees, fx_rates, interactions."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("file", type=Path)
        parser.add_argument("--profile", help="how the file's columns become ours, kept under this name")
        parser.add_argument("--encoding", help="the coding, where it can't be found")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--errors", type=Path, metavar="OUT.csv", help="write all errors to this file")
        parser.add_argument("--close-through", type=date.fromisoformat, metavar="D")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["errors"]:
            self._make_room(options["errors"])
        try:
            profile = profile_of(kind_of(options["kind"]).name, options["profile"]) if options["profile"] else None
            result = import_file(
                kind=options["kind"], path=options["file"], by="import_data", encoding=options["encoding"],
                dry_run=options["dry_run"], close_through=options["close_through"], profile=profile,
            )  # fmt: skip
        except Refused as refused:
            self._refuse(refused, options["json"])
        except RuleBroken as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        else:
            self._report(result, options)

    def _make_room(self, path: Path) -> None:
        """Known before anything is taken in."""
        try:
            path.write_text("", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error

    def _refuse(self, refused: Refused, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"refused": {"code": refused.code, "message": str(refused)}}))
        else:
            self.stderr.write(str(refused))
        sys.exit(REFUSED)

    def _report(self, result: Result, options: dict[str, Any]) -> None:
        if options["errors"]:
            with options["errors"].open("w", encoding="utf-8", newline="") as file:
                errors.write(Run.objects.get(pk=result.run_id or 0), file)
        if options["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False))
        else:
            self._tell(result)
        if options["close_through"] and not result.closed_through:
            self.stderr.write(_("The feed stays open, for rows were rejected; close_feed closes it all the same."))
        if result.rejected:
            sys.exit(REJECTED)

    def _tell(self, result: Result) -> None:
        text = _("%(rows)s rows: %(accepted)s accepted, of them %(unchanged)s unchanged, and %(rejected)s rejected.")
        self.stdout.write(text % result.counts())
        for problem in result.errors[:20]:
            self.stdout.write(f"{problem.row}\t{problem.column}\t{problem.code}\t{problem.message}")
