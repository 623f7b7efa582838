"""What customers asked the bank to do."""

from typing import Any

from customers.models import Customer
from service.models import CoreMessage
from tests.factories.service_requests import PLAIN, RequestFormFactory, ServiceRequestFactory


class Wish:
    """Answers to the plain form."""

    pk = {"wish": "A larger card"}


def catalogued() -> dict[str, Any]:
    older = RequestFormFactory(number=1, content=PLAIN | {"about": "As before"})
    RequestFormFactory(number=2)
    return {"request_form": older, "wish": Wish()}


def wished(customer: Customer) -> dict[str, Any]:
    stuck = ServiceRequestFactory(customer=customer, authorised=True)
    CoreMessage.objects.create(request=stuck, state="stuck", next_at=stuck.requested_at)
    return {"service_request": ServiceRequestFactory(customer=customer), "stuck_request": stuck}
