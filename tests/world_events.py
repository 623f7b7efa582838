"""Events of the branch of a customer, and the customer as their guest."""

from typing import Any

from customers.models import Customer
from tests.factories import EventFactory, GiftFactory, InvitationFactory


class Numbers:
    """Of whom one invites."""

    def __init__(self, customer: Customer) -> None:
        self.pk = [customer.number]


def gatherings(customer: Customer) -> dict[str, Any]:
    at = {"branch": customer.branch, "host": customer.manager}
    by = {"customer": customer, "invited_by": customer.manager}
    feast = EventFactory(**at, today=True)
    held = EventFactory(**at, state="held")
    return {
        "gift": GiftFactory(customer=customer, by=customer.manager),
        "held_event": held,
        "numbers": Numbers(customer),
        "dinner": (dinner := EventFactory(**at)),
        "guest": InvitationFactory(**by, event=dinner),
        "planned_event": EventFactory(**at, planned=True),
        "feast": feast,
        "arriving": InvitationFactory(**by, event=feast, accepted=True),
    }
