"""close_feed KIND --through D: exit 1 where the control figures say otherwise, 2 for wrong use."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers import feeds


def amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


class Command(BaseCommand):
    help = (
        "Say that a feed is complete through a date. --rows and --total are those of that day: the rows dated D and the "
        "sum of their amounts; kinds without dates count all rows and have no total."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("--through", type=date.fromisoformat, required=True, metavar="D")
        parser.add_argument("--rows", type=int, metavar="N")
        parser.add_argument("--total", type=amount, metavar="X")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            feeds.close(
                kind=options["kind"], through=options["through"], rows=options["rows"], total=options["total"],
                by="close_feed",
            )  # fmt: skip
        except feeds.Mismatch as mismatch:
            raise CommandError(str(mismatch), returncode=1) from mismatch
        except RuleBroken as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        words = {"kind": options["kind"], "day": options["through"]}
        self.stdout.write(_("%(kind)s is closed through %(day)s.") % words)
