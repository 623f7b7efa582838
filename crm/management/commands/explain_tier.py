"""Tells which tier a customer holds on a day, and why: the stored decision."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from customers.models import Customer
from segmentation.explain import explain
from segmentation.why import sentences


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("customer", metavar="CUSTOMER", help="the customer number")
        parser.add_argument("--on", type=date.fromisoformat, help="a day; default what the last night left")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, **options) -> None:
        customer = Customer.objects.filter(number=options["customer"]).first()
        explanation = explain(customer=customer, on=options["on"]) if customer else None
        if explanation is None:
            raise CommandError(_("No tier: %(number)s holds none on this day.") % {"number": options["customer"]})
        if options["json"]:
            self.stdout.write(json.dumps(explanation.as_json(), ensure_ascii=False))
            return
        for sentence in sentences(explanation):
            self.stdout.write(sentence)
