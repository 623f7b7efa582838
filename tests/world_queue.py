"""Of the world: the queue of the customer's branch, at whose counters the teller and the head of the own one sit."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from crm.identity.models import User
from customers.models import Customer
from tests.factories import (
    BookingFactory,
    BranchFactory,
    BranchQueueFactory,
    BusinessKindFactory,
    CardKeyFactory,
    CounterFactory,
    MeetingFactory,
    QueueNumberFactory,
    RoomFactory,
    UserFactory,
)

HALF = timedelta(minutes=30)


def at_a_branch(customer: Customer, teller: User) -> dict[str, Any]:
    branch = customer.branch or BranchFactory()
    here = teller if teller.branch == branch else UserFactory(teller=True, branch=branch)
    queue, cash, loans = BranchQueueFactory(branch=branch), BusinessKindFactory(), BusinessKindFactory(code="loans")
    counter = CounterFactory(queue=queue, teller=here)
    head = User.objects.filter(role=User.Role.HEAD, branch=branch).first()
    free = CounterFactory(queue=queue, serves=[cash, loans], teller=head)
    room, host = RoomFactory(branch=branch), UserFactory(manager=True)
    today = MeetingFactory(customer=customer, manager=host, channel="branch", starts_at=now(), ends_at=now() + HALF)
    return {
        "room": room,
        "card_key": CardKeyFactory(customer=customer),
        "host": host,
        "booking": BookingFactory(room=room, meeting=today),
        "branch_queue": queue,
        "business_kind": cash,
        "counter": counter,
        "free_counter": free,
        "queue_number": QueueNumberFactory(queue=queue, customer=customer, weight=1),
        "called_number": QueueNumberFactory(queue=queue, called=True, counter=counter),
    }
