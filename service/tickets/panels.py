"""What tickets put on the page of a customer, into their timeline and into the search box."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.base.search import Found, Hit
from crm.identity.models import User
from customers.models import Customer
from customers.timeline import Item, Source
from service.models import Ticket

SHOWN = 6


def with_tickets() -> dict[str, Any]:
    """`open_tickets`: of those that are due first, one more than are shown; `about_id` says from whom one is to be kept."""
    own = Ticket.objects.open().filter(customer=OuterRef("pk")).order_by("due_at", "pk")
    said = JSONObject(
        pk="pk", number="number", subject="subject", status="status", priority="priority", due_at="due_at",
        is_paused="is_paused", about_id="about_id",
    )  # fmt: skip
    return {"open_tickets": ArraySubquery(own.values(said=said)[: SHOWN + 1])}


def _open(customer: Customer, user: Any) -> list[Ticket]:
    """Never those that complain about who looks."""
    found = [Ticket(**said) for said in getattr(customer, "open_tickets", ()) if said["about_id"] != user.pk]
    for ticket in found:
        ticket.due_at = datetime.fromisoformat(str(ticket.due_at))
    return found


def _badge(request: Any, customer: Customer) -> dict[str, Any] | None:
    late = [ticket for ticket in _open(customer, request.user) if ticket.is_late]
    return {"count": len(late), "customer": customer} if late else None


def _now(request: Any, customer: Customer) -> dict[str, Any] | None:
    found = _open(customer, request.user)
    stands = not customer.merged_into_id and customer.erased_on is None
    may_open = request.user.may("tickets:write") and stands
    if not found and not may_open:
        return None
    return {"tickets": found[:SHOWN], "has_more": len(found) > SHOWN, "may_open": may_open, "customer": customer}


def _items(customer: Customer, user: User, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("tickets:read"):
        return []
    rows = Ticket.objects.filter(customer=customer).unbiased(user).select_related("opened_by")
    if before:
        rows = rows.filter(opened_at__lt=before)
    return [
        Item(
            at=ticket.opened_at, kind="ticket", title=f"{ticket.get_kind_display()} {ticket.number_said}", text=ticket.subject,
            by=str(ticket.opened_by or ""), icon="ticket", url=reverse("ticket", args=[ticket.pk]),
            meta=ticket.get_status_display(),
        )
        for ticket in rows.order_by("-opened_at", "-pk")[:limit]
    ]  # fmt: skip


def found_tickets(user: Any, text: str, limit: int) -> Found | None:
    """For the search box of the frame: by number, and words in Chinese and Latin."""
    if not user.may("tickets:read"):
        return None
    rows = (
        Ticket.objects.visible_to(user).search(text).select_related("customer", "caller").order_by("-opened_at", "-pk")
    )
    found = list(rows[: limit + 1])
    more = f"{reverse('tickets')}?{urlencode({'q': text, 'which': 'all'})}" if len(found) > limit else ""
    hits = [
        Hit(str(each), reverse("ticket", args=[each.pk]), each.who, each.get_status_display()) for each in found[:limit]
    ]
    return Found(_("Tickets"), "ticket", hits, more)


NOW = Panel("tickets", "service/tickets/_now.html", _now, gettext_lazy("Tickets"), "tickets:read", in_outline=True)
BADGE = Panel(
    "tickets", "service/tickets/_badge.html", _badge, gettext_lazy("Tickets"), "tickets:read", in_outline=True
)
OPENED = Source("ticket", gettext_lazy("Tickets"), _items, in_outline=True)
