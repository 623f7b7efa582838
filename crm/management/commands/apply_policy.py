"""Loads policies as published versions: for the set-up of a new bank."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.parsing import loaded
from crm.nightly import due
from segmentation.services.policies import apply_policy


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE.json", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, **options) -> None:
        try:
            content = loaded(options["file"].read_text(encoding="utf-8-sig"))
            applied = apply_policy(content=content, by="apply_policy", first_day=due.first_day_with_data())
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2) from error
        except ValueError as error:
            raise CommandError(f"{options['file']}: {error}", returncode=2) from error
        except RuleBroken as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps({each.kind: _said(each) for each in applied}))
            return
        for each in applied:
            line = (
                _("%(kind)s: version %(number)s is published, from %(day)s.")
                if each.is_new
                else _("%(kind)s: unchanged, version %(number)s says the same, from %(day)s.")
            )
            self.stdout.write(line % {"kind": each.kind, "number": each.number, "day": each.effective_from})


def _said(applied) -> dict:
    return {
        "version": applied.number,
        "effective_from": str(applied.effective_from),
        "status": "published" if applied.is_new else "unchanged",
    }
