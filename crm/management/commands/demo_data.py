"""A Chinese bank with a story: the same data for the same seed. Its logins are the only accounts with a set password."""

import argparse
import os
import secrets
from datetime import date, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crm.base.errors import RuleBroken
from crm.management.demo.make import make


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--customers", type=int, default=2000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--through", type=date.fromisoformat, help="the last day with data; default yesterday")

    def handle(self, *args, customers: int, seed: int, through: date | None, **options) -> None:
        if customers < 1:
            raise CommandError("A bank needs at least one customer.", returncode=2)
        last = through or timezone.localdate() - timedelta(days=1)
        try:
            make(customers=customers, seed=seed, last=last, password=self._password(), say=self.stderr.write)
        except RuleBroken as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal

    def _password(self) -> str:
        given = os.environ.get("CRM_DEMO_PASSWORD")
        password = given or secrets.token_urlsafe(9)
        if not given:
            self.stderr.write(f"CRM_DEMO_PASSWORD is not set; everyone's password is {password}")
        return password
