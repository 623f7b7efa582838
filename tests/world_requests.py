"""What customers asked the bank to do."""

from typing import Any

from crm.identity.models import Team, User
from customers.models import Customer
from service.models import CoreMessage
from tests.factories import TeamFactory
from tests.factories.service_requests import PLAIN, RequestFormFactory, ServiceRequestFactory
from tests.factories.workorders import WorkOrderFactory


class Desks:
    """Departments by their codes, of the world that is there."""

    @property
    def pk(self) -> list[str]:
        return list(Team.objects.order_by("pk").values_list("code", flat=True)[:1])


class Wish:
    """Answers to the plain form."""

    pk = {"wish": "更大的卡"}


def catalogued() -> dict[str, Any]:
    older = RequestFormFactory(number=1, content=PLAIN | {"about": "As before"})
    RequestFormFactory(number=2)
    return {"request_form": older, "wish": Wish(), "desks": Desks()}


def wished(customer: Customer, teller: User) -> dict[str, Any]:
    """And what a department of the teller's does for them."""
    stuck = ServiceRequestFactory(customer=customer, authorised=True)
    CoreMessage.objects.create(request=stuck, state="stuck", next_at=stuck.requested_at)
    team, found = TeamFactory(), {"service_request": ServiceRequestFactory(customer=customer), "stuck_request": stuck}
    team.members.add(teller)
    orders = {"work_order": "open", "returned_order": "returned"}
    return found | {name: WorkOrderFactory(customer=customer, team=team, state=state) for name, state in orders.items()}
