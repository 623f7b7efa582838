"""Around a call: how it ended, and the balance that a verified caller asks for."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Page
from crm.base.pages.access import Crumb
from customers.calls.after import AfterCall
from customers.calls.shown import said_of
from customers.calls.views import ROWS, crumbs_of
from customers.models import Call, Interaction
from service.models import WrapUp
from service.phone.forms import WrapUpForm
from service.phone.wrapping import tell_balances, wrap_up


class OfOwnCall(Page):
    permission = "wrap-ups:write"

    @cached_property
    def call(self) -> Call:
        return get_object_or_404(ROWS.filter(agent=self.request.user), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.call)


class WrapUpCall(OfOwnCall, AfterCall):
    """Ends a call, its reasons and what follows beside the quick log."""

    permission = "wrap-ups:write"
    title = _("Wrap up the call")
    submit = _("Wrap up")
    done = _("The call is wrapped up.")
    template_name = "service/phone/wrap_up.html"
    fragment_name = "service/phone/_wrap_up.html"
    form_class = WrapUpForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if WrapUp.objects.filter(call=self.call).exists():
            return redirect("call", self.call.pk)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"has_customer": self.call.customer_id is not None}

    def get_initial(self) -> dict[str, Any]:
        return {"purpose": Interaction.Purpose.SERVICE}

    def after(self) -> dict[str, Any]:
        made = hasattr(self.call, "call_back")
        direction = Interaction.Direction.OUT if made else Interaction.Direction.IN
        who = said_of(self.call, self.request.user) or str(self.call)
        return {"who": who, "at": self.call.begun_at, "direction": direction.label}

    def perform(self, form: BaseForm) -> WrapUp:
        now = timezone.now()
        return wrap_up(call=self.call, by=self.request.user, at=now, **form.said(timezone.localdate(now)))

    def get_success_url(self) -> str:
        return reverse("home")


class TellBalance(OfOwnCall):
    http_method_names = ["post", "options"]
    title = _("Balances")
    template_name = "service/phone/balances.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = tell_balances(call=self.call, by=self.request.user, at=timezone.now())
        return self.render_to_response(self.get_context_data(holdings=found, call=self.call))
