"""Proves that the waiver ledger adds up, or names the first row that is wrong."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from segmentation.answers import amount
from segmentation.ledger import first_wrong, totals


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        wrong = first_wrong()
        if wrong:
            self.stdout.write(wrong)
            raise SystemExit(1)
        lines = [
            _("%(currency)s: %(entries)s entries, gross %(gross)s = net %(net)s + waived %(waived)s")
            % {
                "currency": total.currency,
                "entries": total.entries,
                "gross": amount(total.gross, total.currency),
                "net": amount(total.net, total.currency),
                "waived": amount(total.waived, total.currency),
            }
            for total in totals()
        ]
        self.stdout.write("; ".join(lines) or _("The ledger is empty: 0 entries."))
