"""A new request of a customer: the form is chosen, then filled in."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.errors import RuleBroken
from crm.base.pages import Page
from crm.base.pages.access import Crumb, Text
from crm.identity.models import User
from customers.models import Customer
from customers.views.change import ChangePage
from segmentation.decisions.views import crumbs_of
from service.models import ServiceRequest, Ticket
from service.requests.catalogue import Offered, form_on, offered_on
from service.requests.forms import AnswersForm
from service.requests.saying import said_time
from service.requests.services import request_service
from service.tickets.numbers import typed

WRITES = "service-requests:write"


class ChooseForm(Page):
    permission = WRITES
    title = _("New service request")
    template_name = "service/requests/choose.html"

    @cached_property
    def customer(self) -> Customer:
        found = Customer.objects.visible_to(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = [(each, said_time(each.form)) for each in offered_on(timezone.localdate())]
        ticket = self.request.GET.get("ticket", "")
        return super().get_context_data(**{"customer": self.customer, "forms": forms, "ticket": ticket} | kwargs)


class FillIn(ChangePage):
    """Sent twice it is one request."""

    permission = WRITES
    submit = pgettext_lazy("a form", "Request")
    form_class = AnswersForm

    @cached_property
    def offered(self) -> Offered:
        try:
            return form_on(self.kwargs["code"], timezone.localdate())
        except RuleBroken:
            raise Http404 from None

    def get_title(self) -> Text:
        return self.offered.name

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def get_form_kwargs(self) -> dict[str, Any]:
        asks = self.request.user.role != User.Role.AGENT
        return super().get_form_kwargs() | {
            "form": self.offered.form, "customer": self.customer, "asks_document": asks,
        }  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.offered.form
        intro = " ".join(filter(None, [self.offered.about, f"{form.identity.label}; {said_time(form)}."]))
        back = reverse("customer_request", args=[self.customer.pk])
        return super().get_context_data(**{"intro": intro, "cancel_url": back} | kwargs)

    def perform(self, form: AnswersForm) -> ServiceRequest:
        said = form.cleaned_data
        return request_service(
            customer=self.customer, form=self.offered.form.code, answers=form.answers, document=said.get("document", ""),
            once=said["once"], ticket=self._ticket(), by=self.request.user, at=timezone.now(),
        )  # fmt: skip

    def _ticket(self) -> Ticket | None:
        """The number is in the address where the request comes from a ticket."""
        number = typed(self.request.GET.get("ticket", ""))
        return Ticket.objects.visible_to(self.request.user).filter(number=number).first() if number else None

    def get_done(self) -> Text:
        if self.result.is_checked:
            return _("Requested. Somebody else authorises it.")
        return _("Requested and authorised. It goes to the bank's core.")

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return reverse("service_request", args=[made.pk]) if made else super().get_success_url()
