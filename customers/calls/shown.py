"""What a call page says of customers whom nobody has verified yet."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from crm.base.slots import contributions
from crm.identity.scope import scope_of
from customers import masking
from customers.models import Call, Customer

# panels of upper apps on the page of a call
PANELS = "call.panels"
# the name of the page that ends a call and logs it, where an upper app has one of its own
AFTER = "call.after"
# buttons of upper apps on the list of calls
ACTIONS = "calls.actions"


def after_url(call: Call) -> str:
    return reverse(next(iter(contributions(AFTER)), "call_log"), args=[call.pk])


@dataclass(frozen=True)
class Candidate:
    pk: int
    name: str
    number: str
    branch: str


def candidate(customer: Customer) -> Candidate:
    return Candidate(
        customer.pk,
        masking.name(customer.name) or "–",
        masking.customer_number(customer.number),
        str(customer.branch or ""),
    )


def said_of(call: Call, user: Any) -> str:
    """The customer of a call: by name to who sees them in full, else masked."""
    if call.customer is None:
        return ""
    return str(call.customer) if scope_of(user).opens(call.customer) else masking.name(str(call.customer))
