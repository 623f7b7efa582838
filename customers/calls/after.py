"""The quick log after a call: customer, channel, time and purpose stand there; outcome and next step are two keys."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from crm.base.pages.access import Crumb, is_fragment
from customers import services as customers
from customers.calls import services
from customers.calls.forms import AfterCallForm, CalledForm
from customers.calls.reasons import reason_of
from customers.calls.shown import said_of
from customers.calls.views import OfCall, crumbs_of
from customers.models import Customer, Interaction
from customers.services.contacts import needs_reason
from customers.views.head import look
from customers.voice.services import log_contact

MINUTE = "%Y-%m-%dT%H:%M:%S%z"


class AfterCall(FormPage):
    permission = "interactions:write"
    title = _("Log the call")
    submit = _("Log the call")
    done = _("Contact logged.")
    template_name = "customers/calls/after.html"
    fragment_name = "customers/calls/_after.html"

    def after(self) -> dict[str, Any]:
        """`who`, `at` and `direction` of the call."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.after() | kwargs)


class LogCall(AfterCall, OfCall):
    """Of a call that came in."""

    permission = "calls:write"
    http_method_names = ["get", "post", "head", "options"]
    form_class = AfterCallForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.call.customer is None or self.call.interaction_id:
            return redirect("call", self.call.pk)
        look(self.call.customer, request, "form.call_log")
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"purpose": Interaction.Purpose.SERVICE}

    def after(self) -> dict[str, Any]:
        return {
            "who": said_of(self.call, self.request.user),
            "at": self.call.begun_at,
            "direction": Interaction.Direction.IN.label,
        }

    def perform(self, form: BaseForm) -> Interaction:
        now = timezone.now()
        said = form.said(timezone.localdate(now))
        return services.log_call(call=self.call, by=self.request.user, as_of=now, **said)

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.call)

    def get_success_url(self) -> str:
        return reverse("home")

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class LogCalled(AfterCall):
    """Of a call that we made from the customer's page."""

    form_class = CalledForm

    @cached_property
    def customer(self) -> Customer:
        return get_object_or_404(Customer.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        now = timezone.localtime()
        reason = reason_of(self.customer, self.request.user, now.date())
        purpose = reason.purpose if reason else Interaction.Purpose.CARE
        return {"at": now.strftime(MINUTE), "purpose": purpose}

    def after(self) -> dict[str, Any]:
        return {"who": self.customer, "at": timezone.now(), "direction": Interaction.Direction.OUT.label}

    def perform(self, form: BaseForm) -> Interaction:
        now = timezone.now()
        return log_contact(
            customer=self.customer,
            at=form.cleaned_data["at"],
            channel=Interaction.Channel.PHONE,
            direction=Interaction.Direction.OUT,
            by=self.request.user,
            as_of=now,
            **form.said(timezone.localdate(now)),
        )

    def get_crumbs(self) -> list[Crumb]:
        here = Crumb(str(self.customer), reverse("customer", args=[self.customer.pk]))
        return [Crumb(_("Customers"), reverse("customers")), here]

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.customer.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = reverse("customer_called", args=[self.customer.pk])
        return super().get_context_data(**{"form_action": here} | kwargs)


class CallCustomer(LogCalled):
    """POST shows the phone number of a customer of the own book, with the reason of the task, above the quick log."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if needs_reason(customer=self.customer, field="phone", by=self.request.user):
            return redirect("customer_reveal", self.customer.pk, "phone")
        reason = reason_of(self.customer, self.request.user, timezone.localdate())
        try:
            phone = customers.reveal_contact(
                customer=self.customer, field="phone", by=self.request.user, reason=reason.text if reason else ""
            )
        except RuleBroken as refusal:
            return self.leave_with(str(refusal))
        form = CalledForm(initial=self.get_initial())
        return self.render_to_response(self.get_context_data(form=form, phone=phone, reason=reason))

    def leave_with(self, text: str) -> HttpResponse:
        form = CalledForm(data={})
        form.full_clean()
        form.errors.clear()
        form.add_error(None, text)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_template_names(self) -> list[str]:
        return [self.fragment_name if is_fragment(self.request) else self.template_name]
