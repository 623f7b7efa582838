"""Looks through the whole book for records that may be one customer, as beat does once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from customers.duplicates.finding import find_duplicates
from customers.models import Duplicate


class Command(BaseCommand):
    help = "Finds records that may be one customer"

    def handle(self, *args: Any, **options: Any) -> None:
        find_duplicates(at=timezone.now(), by="find_duplicates")
        self.stdout.write(f"{Duplicate.objects.open().count()} pairs are open")
