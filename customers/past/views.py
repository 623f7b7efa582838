"""The page of a customer as of a past day."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from crm.base.pages.access import Crumb
from crm.base.templatetags.frame import said_day
from customers.models import Customer
from customers.past.forms import DayForm
from customers.past.reading import DISCREET, PAPERS, SLOT, Past
from customers.querysets.kyc import CLEARED
from customers.views.customer import OfCustomer
from customers.views.head import look
from customers.views.panels import rendered


class CustomerAsOf(OfCustomer):
    """`?on=`, yesterday without it; `?currency=` for the total beside the subtotals."""

    template_name = "customers/past/detail.html"

    def get_queryset(self) -> QuerySet[Customer]:
        return super().get_queryset().open_to(self.request.user)

    @cached_property
    def form(self) -> DayForm:
        today = timezone.localdate()
        usual = {"on": str(today - timedelta(days=1)), "currency": ""}
        asked = {name: self.request.GET[name] for name in usual if name in self.request.GET}
        return DayForm(usual | asked, today=today)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        context = self.get_context_data(object=self.object)
        shown = [panel.name for panel in context.get("papers", ()) if panel.name in DISCREET]
        look(self.object, request, "page.as_of", sections=shown)
        return self.render_to_response(context, status=200 if self.form.is_valid() else 400)

    def get_title(self) -> str:
        if not self.form.is_valid():
            return _("%(customer)s as of a past day") % {"customer": self.object}
        day = said_day(self.form.cleaned_data["on"])
        return _("%(customer)s as of %(day)s") % {"customer": self.object, "day": day}

    def get_crumbs(self) -> list[Crumb]:
        return [*super().get_crumbs(), Crumb(str(self.object), reverse("customer", args=[self.object.pk]))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = {"form": self.form}
        if self.form.is_valid():
            past = Past(self.object, self.form.cleaned_data["on"], self.request.user, self.may(CLEARED))
            context |= {
                "past": past,
                "panels": rendered(SLOT, self.request, past),
                "papers": rendered(PAPERS, self.request, past),
                "may_read_accounts": self.may("accounts:read"),
                "total": past.total(self.form.cleaned_data["currency"]) if self.may("accounts:read") else None,
            }
        return super().get_context_data(**context | kwargs)
