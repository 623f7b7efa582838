"""Who may be given a gold card of plastic: who is entitled to it on the day (ADR 98)."""

from datetime import date

from django.utils.translation import gettext as _

from customers.models import CardDesign, Customer
from segmentation.standards.entitlements import holds_gold_card


def refuse_plastic(customer: Customer, design: CardDesign, day: date) -> str:
    if design.is_gold and not holds_gold_card(customer, day):
        return _("The customer's tier gives no gold card, or it is suspended.")
    return ""
