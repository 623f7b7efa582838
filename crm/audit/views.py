"""The trail, for auditors."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.audit.filters import EventListFilter
from crm.audit.models import Event, Seal
from crm.audit.tables import EventTable, details_of
from crm.base.pages import DetailPage, Empty, ListPage
from crm.base.panels import Panel

LOG_LINES = 30
# a request is over by then; a window lets the index on the moment find its other events
ONE_REQUEST = timedelta(minutes=10)


class EventList(ListPage):
    permission = "audit-events:read"
    title = _("Audit trail")
    queryset = Event.objects.all()
    filterset_class = EventListFilter
    table_class = EventTable
    ordering_fields = {"at": "at"}
    ordering = "-at"
    empty = Empty(
        _("Nothing has happened yet"), _("Every change, every look at a customer and every export stands here.")
    )


class EventPage(DetailPage):
    permission = "audit-events:read"
    queryset = Event.objects.all()
    template_name = "audit/event.html"
    context_object_name = "event"
    parents = [(_("Audit trail"), "audit")]

    def get_title(self) -> str:
        return self.object.action

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event: Event = self.object
        sealed = Seal.objects.filter(through_id__gte=event.pk).order_by("through_id").defer("leaves").first()
        return super().get_context_data(**kwargs) | {
            "seal": sealed,
            "siblings": _of_same_request(event),
            "details": details_of(event.data),
        }


def _of_same_request(event: Event) -> QuerySet:
    if not event.request_id:
        return Event.objects.none()
    near = Event.objects.filter(at__range=(event.at - ONE_REQUEST, event.at + ONE_REQUEST))
    return near.filter(request_id=event.request_id).exclude(pk=event.pk).order_by("pk")


def access_log(request: HttpRequest, customer: Any) -> dict[str, Any]:
    """Who looked at a customer, took data along, or changed something."""
    events = Event.objects.visible_to(request.user).of_customer(customer.pk).order_by("-at", "-pk")
    table = EventTable(events[:LOG_LINES], request=request)
    return {"table": table, "all_url": f"{reverse('audit')}?customer={customer.number}"}


ACCESS_LOG = Panel("access", "audit/_access_log.html", access_log, _("Access log"), "audit-events:read")
