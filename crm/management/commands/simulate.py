"""The effect of a draft policy on the whole book, without publishing anything."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from segmentation.models import Simulation
from segmentation.services.simulations import simulate

SAID = ("migration", "customers", "movers", "waived_before", "waived_after", "waived_by", "managers")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json", type=Path)
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            metavar="D",
            help="the data date or a month end; default: the newest review",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        simulation = self._simulated(options["file"], options["date"])
        run = simulation.run
        if run.status not in Run.ENDED:
            raise CommandError(run.message, returncode=1)
        if options["json"]:
            said = {name: run.result[name] for name in SAID}
            self.stdout.write(
                json.dumps({"date": str(simulation.business_date), "is_review": simulation.is_review} | said)
            )
            return
        self.stdout.write(
            _("%(day)s: %(movers)s of %(customers)s customers would move.")
            % {"day": simulation.business_date, "movers": run.result["movers"], "customers": run.result["customers"]}
        )
        for currency, before in run.result["waived_before"].items():
            after = run.result["waived_after"][currency]
            self.stdout.write(
                _("Waived of the month's fees: %(before)s %(currency)s, under the draft %(after)s %(currency)s.")
                % {"before": before, "after": after, "currency": currency}
            )

    def _simulated(self, file: Path, day: date | None) -> Simulation:
        try:
            return simulate(draft=json.loads(file.read_text(encoding="utf-8-sig")), by="simulate", day=day)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        except ValueError as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        except RuleBroken as error:
            raise CommandError(str(error), returncode=2) from error
