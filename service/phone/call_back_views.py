"""A call-back: booked, taken, kept or cancelled."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, FormPage, Page
from crm.base.pages.access import Crumb
from customers.models import Call
from customers.views.change import ChangePage
from service.callers.views import OfCaller
from service.models import CallBack
from service.phone import call_backs
from service.phone.call_back_lists import CALL_BACKS, COLOURS, ROWS, State
from service.phone.forms import CallBackForm


class CallBackPage(DetailPage):
    permission = "call-backs:read"
    template_name = "service/phone/call_back.html"
    context_object_name = "call_back"
    queryset = ROWS
    parents = [CALL_BACKS]
    object: CallBack

    def get_actions(self) -> list[Action]:
        if not self.may("call-backs:write"):
            return []
        if self.object.state in CallBack.WAITING:
            cancel = Action(_("Cancel"), reverse("call_back_cancel", args=[self.object.pk]), icon="x", dialog=True)
            return [
                Action(
                    _("Call back"), reverse("call_back_take", args=[self.object.pk]), icon="phone-outgoing", post=True
                ),
                cancel,
            ]
        is_mine = self.object.state == State.TAKEN and self.object.taken_by_id == self.request.user.pk
        if not is_mine or self.object.made_id:
            return []
        url = reverse("call_back_finish", args=[self.object.pk])
        return [
            Action(_("Reached"), f"{url}?reached=1", icon="check", post=True),
            Action(_("Not reached"), url, icon="phone-x", post=True),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"colour": COLOURS[State(self.object.state)]} | kwargs)


class BookForCustomer(ChangePage):
    permission = "call-backs:write"
    title = _("Book a call-back")
    submit = _("Book")
    done = _("Booked.")
    form_class = CallBackForm

    @property
    def call(self) -> Call | None:
        """In which it is asked: one of one's own with the customer."""
        number = self.request.GET.get("call", "")
        own = Call.objects.filter(agent=self.request.user, customer=self.customer)
        return own.filter(pk=number).first() if number.isdecimal() else None

    def perform(self, form: BaseForm) -> CallBack:
        said = form.cleaned_data | {"call": self.call, "by": self.request.user, "at": timezone.now()}
        return call_backs.book(customer=self.customer, **said)

    def get_success_url(self) -> str:
        return reverse("call", args=[self.call.pk]) if self.call else super().get_success_url()


class BookForCaller(OfCaller):
    permission = "call-backs:write"
    title, submit, done = _("Book a call-back"), _("Book"), _("Booked.")
    form_class = CallBackForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        del form.fields["by_manager"]
        return form

    def perform(self, form: BaseForm) -> CallBack:
        return call_backs.book(caller=self.caller, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class OfCallBack(Page):
    permission = "call-backs:write"
    http_method_names = ["post", "options"]
    parents = [CALL_BACKS]

    @cached_property
    def call_back(self) -> CallBack:
        return get_object_or_404(CallBack.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("call_back", args=[self.call_back.pk])

    def act(self, verb: Callable[..., Any], **said: Any) -> Any:
        return verb(call_back=self.call_back, by=self.request.user, at=timezone.now(), **said)


class TakeCallBack(OfCallBack):
    """Shows the number, and the way to the call."""

    title = _("Call back")
    template_name = "service/phone/taken.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        call_back, number = self.act(call_backs.take)
        return self.render_to_response(self.get_context_data(call_back=call_back, number=number))


class FinishCallBack(OfCallBack):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.act(call_backs.finish, is_reached="reached" in request.GET)
        return redirect("call_backs")


class CancelCallBack(FormPage, OfCallBack):
    http_method_names = ["get", "post", "head", "options"]
    title, submit, form_class = _("Cancel the call-back"), _("Cancel the call-back"), Form

    def get_success_url(self) -> str:
        return reverse("call_backs")

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(CALL_BACKS[0], reverse("call_backs")), Crumb(str(self.call_back), self.back())]

    def perform(self, form: BaseForm) -> CallBack:
        return self.act(call_backs.cancel)

    def get_done(self) -> str:
        return _t("Cancelled.")
