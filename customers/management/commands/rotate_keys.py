"""Encrypts contact data anew under the first key of CRM_ENCRYPTION_KEYS. Afterwards the other keys may leave the ring."""

from django.core.management.base import BaseCommand, CommandError

from customers.services.keys import rotate_keys


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        try:
            done = rotate_keys(by="rotate_keys")
        except KeyError as missing:
            raise CommandError(f"Some contact data are under key {missing}, which is not in the ring.") from missing
        self.stdout.write(f"{done} customers' contact data were encrypted anew.")
