"""Departments are asked: from the page of a ticket, or of a request."""

from datetime import timedelta
from typing import Any, ClassVar

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage
from crm.base.pages.access import Crumb
from service.models import ServiceRequest, Ticket, WorkOrder
from service.workorders.forms import OpenForm
from service.workorders.services import open_orders
from service.workorders.views import ORDERS, WRITES


class _Opens(FormPage):
    """Several at once; from the page of a ticket or of a request."""

    permission = WRITES
    title, submit = _("Ask departments"), _("Open the orders")
    done = _("The departments have their orders.")
    form_class = OpenForm
    rows: ClassVar[Any]
    name: ClassVar[str]
    page: ClassVar[str]

    @cached_property
    def matter(self) -> Any:
        rows = self.rows.visible_to(self.request.user).select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"due_at": timezone.localtime() + timedelta(days=1)}

    def get_success_url(self) -> str:
        return reverse(self.page, args=[self.matter.pk])

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(ORDERS[0], reverse("work_orders")), Crumb(str(self.matter), self.get_success_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": str(self.matter), "cancel_url": self.get_success_url()} | kwargs)

    def perform(self, form: BaseForm) -> list[WorkOrder]:
        said = dict(form.cleaned_data)
        departments = [*said.pop("teams"), *said.pop("branches")]
        matter = {self.name: self.matter}
        return open_orders(departments=departments, by=self.request.user, at=timezone.now(), **matter, **said)


class OpenOfTicket(_Opens):
    rows, name, page = Ticket.objects.all(), "ticket", "ticket"


class OpenOfRequest(_Opens):
    rows, name, page = ServiceRequest.objects.all(), "request", "service_request"
