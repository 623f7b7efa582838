"""Checks the sealed audit trail: one line with the totals, or the first row that is wrong and exit 1."""

import sys

from django.core.management.base import BaseCommand

from crm.audit.seals import TrailBroken, verify


class Command(BaseCommand):
    help = "Check that no sealed audit event was changed, deleted or inserted."

    def handle(self, *args, **options) -> None:
        try:
            self.stdout.write(str(verify()))
        except TrailBroken as broken:
            self.stdout.write(str(broken))
            sys.exit(1)
