"""Work orders as pages show them. A department knows the customer by a masked name, unless they are in its reach."""

from typing import Any

from django.urls import reverse

from crm.identity.scope import scope_of
from customers import masking
from service.models import WorkOrder
from service.workorders.words import Progress, State

COLOURS = {
    State.OPEN: "blue", State.TAKEN: "yellow", State.RETURNED: "orange", State.DONE: "green", State.CANCELLED: "secondary",
}  # fmt: skip
PROGRESS = {Progress.RECEIVED: "blue", Progress.IN_PROGRESS: "yellow", Progress.DONE: "green"}


def customer_said(order: WorkOrder, user: Any) -> tuple[str, str]:
    """Name, and the address of the customer's page, "" out of reach."""
    if scope_of(user).holds(order.customer):
        return str(order.customer), reverse("customer", args=[order.customer_id])
    return masking.name(str(order.customer)), ""


def matter_said(order: WorkOrder) -> tuple[str, str]:
    """The ticket or the request, and its address."""
    if order.ticket:
        return order.ticket.number_said, reverse("ticket", args=[order.ticket_id])
    return f"{order.request.name} {order.request}", reverse("service_request", args=[order.request_id])  # type: ignore[union-attr]
