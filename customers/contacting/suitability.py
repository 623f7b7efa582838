"""What may be sold to whom: a product's risk, R1 to R5, is at most the customer's level, C1 to C5."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.base.templatetags.frame import said_day
from customers.models import Customer, Product, RiskAssessment


@dataclass(frozen=True)
class Suitability:
    """`level` is that of the assessment that counts, None without a valid one; `assessed_on` of the newest, valid or not."""

    level: int | None
    assessed_on: date | None

    def allows(self, product: Product) -> bool:
        return self.level is not None and product.risk <= self.level

    def reason_against(self, product: Product) -> str:
        """In words why not; "" where nothing is against it."""
        if self.allows(product):
            return ""
        if self.level is not None:
            return _("risk R%(risk)s is above C%(level)s") % {"risk": product.risk, "level": self.level}
        if self.assessed_on is None:
            return _("no risk assessment")
        return _("the risk assessment of %(day)s has expired") % {"day": said_day(self.assessed_on)}


def suitability_of(customer: Customer, on: date) -> Suitability:
    return suitability_by(RiskAssessment.objects.filter(customer=customer), on)


def suitability_by(known: Any, on: date) -> Suitability:
    """By these assessments of one customer."""
    valid = known.valid(on).first()
    if valid:
        return Suitability(valid.level, valid.assessed_on)
    newest = known.filter(assessed_on__lte=on).first()
    return Suitability(None, newest.assessed_on if newest else None)
