"""What service requests put into the timeline of a customer and on the page of a ticket."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from crm.identity.models import User
from customers.models import Customer
from customers.timeline import Item, Source
from service.models import ServiceRequest, Ticket

READS = "service-requests:read"


def _items(customer: Customer, user: User, before: datetime | None, limit: int) -> list[Item]:
    if not user.may(READS):
        return []
    rows = ServiceRequest.objects.filter(customer=customer).select_related("requested_by")
    if before:
        rows = rows.filter(requested_at__lt=before)
    return [
        Item(
            at=each.requested_at, kind="service_request", title=f"{each.name} {each}", by=str(each.requested_by), icon="file-text",
            url=reverse("service_request", args=[each.pk]), meta=each.get_state_display(),
        )
        for each in rows.order_by("-requested_at", "-pk")[:limit]
    ]  # fmt: skip


def _of_ticket(request: Any, ticket: Ticket) -> dict[str, Any] | None:
    found = list(ticket.service_requests.order_by("pk"))
    may_ask = request.user.may("service-requests:write") and ticket.is_open and ticket.customer_id is not None
    return {"requests": found, "ticket": ticket, "may_ask": may_ask} if found or may_ask else None


REQUESTED = Source("service_request", _("Service requests"), _items, in_outline=True)
OF_TICKET = Panel("service_requests", "service/requests/_ticket.html", _of_ticket, permission=READS)
