"""What people of the demo bank did once its nights had run. A second run tells nothing anew."""

from django.core.management.base import BaseCommand

from crm.management.demo.mornings import tell


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        tell(say=self.stderr.write)
