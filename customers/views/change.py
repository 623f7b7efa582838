"""A form about one customer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage
from crm.base.pages.access import Crumb
from customers.models import Customer
from customers.views.head import look


class ChangePage(FormPage):
    """A form about one customer in reach."""

    permission = "customers:write"

    @cached_property
    def customer(self) -> Customer:
        reach = Customer.objects.visible_to(self.request.user).select_related("contact", "branch", "manager")
        return get_object_or_404(reach, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        look(self.customer, request, f"form.{request.resolver_match.url_name}")
        return super().get(request, *args, **kwargs)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Customers"), reverse("customers")), Crumb(str(self.customer), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.customer.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), "customer": self.customer} | kwargs)
