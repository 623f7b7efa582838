"""The page of a call: who is it, can they prove it, what do they want; and what is to be kept of it."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, FormPage
from crm.base.pages.access import Crumb
from customers.calls import services, verifying
from customers.calls.forms import AnswersForm, BeginForm, ChooseForm
from customers.calls.shown import PANELS, after_url, candidate, said_of
from customers.models import Call, Customer
from customers.views.panels import rendered

ROWS = Call.objects.select_related("agent", "customer__branch", "interaction", "reach")
CALLS = (_("Calls"), "calls")


class BeginCall(FormPage):
    """`?number=` is what a telephone system puts in; its own door is POST over REST."""

    permission = "calls:write"
    title = _("A call comes in")
    parents = [CALLS]
    submit = _("Take the call")
    form_class = BeginForm

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.request.GET.get("number", "")}

    def perform(self, form: BaseForm) -> Call:
        return services.begin_call(number=form.cleaned_data["number"], by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("call", args=[self.result.pk])


class CallPage(DetailPage):
    permission = "calls:read"
    queryset = ROWS
    template_name = "customers/calls/call.html"
    parents = [CALLS]

    def get_title(self) -> str:
        said = said_of(self.object, self.request.user)
        return _t("Call with %(customer)s") % {"customer": said} if said else _t("Incoming call")

    @property
    def is_mine(self) -> bool:
        return self.may("calls:write") and self.object.agent_id == self.request.user.pk

    def get_actions(self) -> list[Action]:
        if not self.is_mine or self.object.is_over(timezone.now()):
            return []
        return [Action(_("End the call"), reverse("call_end", args=[self.object.pk]), icon="phone-off", post=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call, is_over = self.object, self.object.is_over(timezone.now())
        is_ringing = self.is_mine and not is_over and call.state == Call.State.RINGING
        may_choose = is_ringing and all(each["right"] is None for each in call.questions)
        found = {
            "call": call,
            "is_over": is_over,
            "is_mine": self.is_mine,
            "customer_said": said_of(call, self.request.user),
            "candidates": [candidate(each) for each in verifying.candidates_of(call)] if may_choose else [],
            "choose_form": ChooseForm() if may_choose else None,
            "answers_form": AnswersForm(call=call) if is_ringing and call.asked else None,
            "may_open": call.is_verified and not is_over and self.is_mine,
            "panels": rendered(PANELS, self.request, call),
            "after_url": after_url(call),
            "may_log": self.is_mine and is_over and call.customer_id and not call.interaction_id,
        }
        return super().get_context_data(**found | kwargs)


class OfCall(FormPage):
    """A step of a call of one's own: POST, and where it is refused the call's page with the words."""

    permission = "calls:write"
    http_method_names = ["post", "options"]

    @cached_property
    def call(self) -> Call:
        return get_object_or_404(ROWS.filter(agent=self.request.user), pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        return reverse("call", args=[self.call.pk])

    def page(self, status: int, **context: Any) -> HttpResponse:
        """The page of the call, as it stands now."""
        shown = CallPage()
        shown.setup(self.request, pk=self.call.pk)
        shown.object = ROWS.get(pk=self.call.pk)
        return shown.render_to_response(shown.get_context_data(object=shown.object, **context), status=status)


class ChooseCustomer(OfCall):
    form_class = ChooseForm

    def perform(self, form: BaseForm) -> list[Customer]:
        """One who was found is chosen; several are shown."""
        user, said = self.request.user, form.cleaned_data
        if said["customer"]:
            found = [get_object_or_404(Customer.objects.visible_to(user), pk=said["customer"])]
        else:
            found = verifying.find_caller(text=said["text"], by=user)
        if len(found) == 1:
            verifying.choose_customer(call=self.call, customer=found[0], by=user, at=timezone.now())
        return found

    def leave(self, url: str) -> HttpResponse:
        if len(self.result) == 1:
            return redirect(url)
        return self.page(200, candidates=[candidate(each) for each in self.result])

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.page(422, choose_form=form)


class VerifyCaller(OfCall):
    form_class = AnswersForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"call": self.call}

    def perform(self, form: BaseForm) -> Call:
        return verifying.verify_caller(
            call=self.call, answers=form.cleaned_data, asked=form.fields, by=self.request.user, at=timezone.now()
        )

    def get_done(self) -> str:
        return _t("The caller is verified.") if self.result.is_verified else ""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.page(422, answers_form=form)


class EndCall(OfCall):
    """Ends it, and opens the quick log of it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        call = services.end_call(call=self.call, by=self.request.user, at=timezone.now())
        return redirect(after_url(call)) if call.customer_id else redirect("call", call.pk)


def crumbs_of(call: Call) -> list[Crumb]:
    label, url = CALLS
    return [Crumb(label, reverse(url)), Crumb(str(call), reverse("call", args=[call.pk]))]
