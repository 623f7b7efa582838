"""Why a manager calls a customer: what the contact data are shown for, and what the quick log begins with.

Slot "customer.call_reason": callables `(customer, user, day) -> Reason | None`, of which the first that knows one is heard.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.base.slots import contributions
from crm.base.templatetags.frame import said_day
from customers.models import Customer, Interaction

SLOT = "customer.call_reason"


@dataclass(frozen=True)
class Reason:
    """`text` goes into the trail: no contact data."""

    text: str
    purpose: str


def reason_of(customer: Customer, user: Any, day: date) -> Reason | None:
    said = (ask(customer, user, day) for ask in contributions(SLOT))
    return next(filter(None, said), None)


def from_next_step(customer: Customer, user: Any, day: date) -> Reason | None:
    step = Interaction.objects.filter(customer=customer).pending(day).first()
    if step is None or step.next_on is None:
        return None
    return Reason(_("Next step of %(day)s") % {"day": said_day(step.next_on)}, step.purpose)
