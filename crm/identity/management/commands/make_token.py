"""A key for a program. Prints the key alone: it is shown this once."""

import argparse

from django.core.management.base import BaseCommand, CommandError

from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import issue_token


class Command(BaseCommand):
    help = "Make an API token for a user and print its key."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("user")
        parser.add_argument("--scopes", nargs="*", default=[], help="such as customers:read; default: all of the role")
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *args, user: str, scopes: list[str], days: int, **options) -> None:
        wanted = [scope for word in scopes for scope in word.split(",") if scope]
        try:
            owner = User.objects.get_by_natural_key(user)
            key = issue_token(user=owner, scopes=wanted, days=days, by="make_token")
        except User.DoesNotExist:
            raise CommandError(f"There is no user {user}.", returncode=2) from None
        except RuleBroken as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(key)
