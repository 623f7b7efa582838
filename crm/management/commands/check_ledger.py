"""Proves that the waiver ledger adds up and that every tier decision replays to itself, or names the first wrong row."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from segmentation.answers import amount
from segmentation.ledger import first_wrong, totals
from segmentation.replays import replay_all


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        wrong = first_wrong()
        replays = replay_all()
        if wrong := wrong or replays.wrong:
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
        lines = lines or [_("The ledger is empty: 0 entries.")]
        if replays.decisions:
            lines.append(_("%(count)s tier decisions replay to themselves") % {"count": replays.decisions})
        self.stdout.write("; ".join(lines))
