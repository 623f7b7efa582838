"""The page of a customer: readable in ten seconds, the rest in tabs."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import DetailPage
from crm.base.pages.access import is_fragment
from crm.base.prepared import DAY, Prepared, by_key
from crm.identity.scope import scope_of
from customers import timeline
from customers.annotations import annotations
from customers.models import Customer
from customers.views.contacts import contact_lines
from customers.views.head import head_of, look
from customers.views.panels import rendered
from customers.views.tabs import Tab, all_tabs


class OfCustomer(DetailPage):
    """Anything about one customer in reach."""

    permission = "customers:read"
    queryset = Customer.objects.select_related("branch", "manager", "contact")
    context_object_name = "customer"
    parents = [(_("Customers"), "customers")]


CUSTOMER = Prepared(lambda: by_key(OfCustomer.queryset.with_contacts(DAY).with_flags(DAY).annotate(**annotations())))


class CustomerPage(OfCustomer):
    template_name = "customers/detail.html"

    def get_object(self, queryset: QuerySet[Customer] | None = None) -> Customer:
        """Through a prepared statement, and then the reach: out of it is the same as not found."""
        found = CUSTOMER.rows([self.kwargs["pk"]], day=timezone.localdate())
        if not found or not scope_of(self.request.user).holds(found[0]):
            raise Http404
        return found[0]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        look(self.object, request, f"page.{self.tab.name}")
        return self.render_to_response(self.get_context_data(object=self.object))

    @cached_property
    def tabs(self) -> tuple[Tab, ...]:
        return all_tabs(self.request.user, self.object)

    @cached_property
    def tab(self) -> Tab:
        name = self.request.GET.get("tab") or self.tabs[0].name
        for tab in self.tabs:
            if tab.name == name:
                return tab
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request, customer = self.request, self.object
        context = head_of(request, customer) | {
            "tabs": self.tabs,
            "tab": self.tab,
            "content": self.tab.rendered(request, customer),
            "badges": rendered("customer.badges", request, customer),
            "people": rendered("customer.people", request, customer),
            "figures": rendered("customer.figures", request, customer),
            "contact_lines": contact_lines(customer, request.user),
        }
        return super().get_context_data(**context | kwargs)


class TimelinePage(OfCustomer):
    """More of the timeline, as one scrolls or narrows it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not is_fragment(request):
            look(self.object, request, "page.timeline")
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_template_names(self) -> list[str]:
        return ["customers/_timeline.html" if is_fragment(self.request) else "customers/timeline.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        shown = timeline_of(self.object, self.request.user, asked.get("before", ""), asked.get("kind", ""))
        return super().get_context_data(**shown | kwargs)


def timeline_of(customer: Customer, user: Any, before: str, kind: str) -> dict[str, Any]:
    items, more = timeline.page_of(customer, user, before=_moment(before) if before else None, kind=kind)
    return {
        "items": items,
        "more": more.isoformat() if more else "",
        "kind": kind,
        "kinds": timeline.kinds(),
        "is_first": not before,
    }


def _moment(text: str) -> datetime:
    """404 for what is none, and for one that lies beyond the days that there are here."""
    try:
        moment = parse_datetime(text)
        if moment is None or moment.tzinfo is None:
            raise Http404
        return timezone.localtime(moment)
    except (ValueError, OverflowError) as wrong:
        raise Http404 from wrong
