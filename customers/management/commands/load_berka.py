"""load_berka DIR: exit 0; a row that was cut off is reported by its line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.errors import RuleBroken
from customers.imports.berka.services import load_berka


class Command(BaseCommand):
    help = "Load the PKDD'99 financial data: a real bank of 5,369 clients from 1993-01-01 through 1994-03-31."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            results = load_berka(folder=options["dir"], by="load_berka")
        except RuleBroken as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        if options["json"]:
            self.stdout.write(json.dumps({name: result.as_json() for name, result in results.items()}))
            return
        for name, result in results.items():
            counts = ", ".join(f"{number} {word}" for word, number in result.counts().items())
            self.stdout.write(f"{name}: {counts}")
            for problem in result.errors:
                self.stdout.write(f"  line {problem.row}: {problem.message}")
