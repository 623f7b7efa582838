"""Why a manager calls: the task that is due first."""

from datetime import date

from crm.identity.models import User
from customers.calls.reasons import Reason
from customers.models import Customer, Interaction
from managers.models import Task

PURPOSES = {Task.Kind.REFUSED_POSTING: Interaction.Purpose.SERVICE}


def from_task(customer: Customer, user: User, day: date) -> Reason | None:
    if not user.may("tasks:read"):
        return None
    task = Task.objects.open().visible_to(user).filter(customer=customer).first()
    return Reason(str(task), PURPOSES.get(Task.Kind(task.kind), Interaction.Purpose.CARE)) if task else None
