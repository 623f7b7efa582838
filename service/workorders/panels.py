"""What work orders put on the pages of tickets and requests: each with its department, and the one status of all."""

from typing import Any

from crm.base.panels import Panel
from service.models import ServiceRequest, Ticket, WorkOrder
from service.requests.words import VAIN
from service.workorders.shown import COLOURS, PROGRESS
from service.workorders.words import State, progress_of


def _said(request: Any, rows: Any, address: str, matter: Any, *, may_ask: bool) -> dict[str, Any] | None:
    orders = list(rows.select_related("team", "branch").order_by("pk"))
    may_ask = may_ask and request.user.may("work-orders:write")
    if not orders and not may_ask:
        return None
    progress = progress_of(each.state for each in orders)
    return {
        "orders": [(each, COLOURS[State(each.state)]) for each in orders],
        "progress": progress,
        "colour": PROGRESS[progress] if progress else "",
        "address": address,
        "matter": matter,
        "may_ask": may_ask,
    }


def _of_ticket(request: Any, ticket: Ticket) -> dict[str, Any] | None:
    rows = WorkOrder.objects.of_ticket(ticket)
    return _said(request, rows, "ticket_work_orders", ticket, may_ask=ticket.is_open)


def _of_request(request: Any, asked: ServiceRequest) -> dict[str, Any] | None:
    rows = WorkOrder.objects.filter(request=asked)
    return _said(request, rows, "service_request_work_orders", asked, may_ask=asked.state not in VAIN)


TEMPLATE, READS = "service/workorders/_orders.html", "work-orders:read"
OF_TICKET = Panel("work_orders", TEMPLATE, _of_ticket, permission=READS)
OF_REQUEST = Panel("work_orders", TEMPLATE, _of_request, permission=READS)
