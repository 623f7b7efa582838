"""Of the world: the queue of the customer's branch, at a counter of which the teller of the own one sits."""

from typing import Any

from crm.identity.models import User
from customers.models import Customer
from tests.factories import (
    BranchFactory,
    BranchQueueFactory,
    BusinessKindFactory,
    CounterFactory,
    QueueNumberFactory,
    UserFactory,
)


class Key:
    def __init__(self, pk: object) -> None:
        self.pk = pk


def at_a_branch(customer: Customer, teller: User) -> dict[str, Any]:
    branch = customer.branch or BranchFactory()
    here = teller if teller.branch == branch else UserFactory(teller=True, branch=branch)
    queue, cash, loans = BranchQueueFactory(branch=branch), BusinessKindFactory(), BusinessKindFactory(code="loans")
    counter = CounterFactory(queue=queue, teller=here)
    free = CounterFactory(queue=queue, serves=[cash, loans])
    return {
        "branch_queue": queue,
        "business_kind": cash,
        "counter": counter,
        "free_counter": free,
        "queue_number": QueueNumberFactory(queue=queue, customer=customer, weight=1),
        "called_number": QueueNumberFactory(queue=queue, called=True, counter=counter),
        "wall": Key(queue.wall_key),
    }
