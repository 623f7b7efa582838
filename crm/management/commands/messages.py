"""Brings the Chinese catalogue up to date with the texts in the code, and names those that wait for words."""

from django.core.management.base import BaseCommand

from crm.base.launch.translations import compile_file
from crm.management.messages import CATALOGUE, empty, extracted, kept, merged, write


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        catalogue = merged(extracted(), kept())
        write(catalogue)
        compile_file(CATALOGUE)
        waiting = empty(catalogue)
        for message in waiting:
            self.stdout.write(str(message.id))
        self.stderr.write(f"{len(catalogue)} messages, {len(waiting)} without a translation")
