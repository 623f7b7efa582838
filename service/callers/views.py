"""Somebody who is no customer: their page, a ticket of theirs, whom they were found to be, and powers of attorney."""

from typing import Any

from django.db import transaction
from django.forms import BaseForm, Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, FormPage
from crm.base.pages.access import Crumb, Text, is_fragment
from customers import masking
from customers.contacts import LABELS
from customers.forms import RevealForm
from customers.models import Interaction
from customers.views.change import ChangePage
from service.callers import keeping
from service.callers.forms import CallerTicketForm, JoinForm, MandateForm
from service.callers.mandates import end_mandate, note_mandate
from service.models import Caller, Mandate, Ticket
from service.tickets.services import open_ticket
from service.tickets.views import TICKETS, Opens


class NewTicketOfNobody(Opens):
    """Of somebody whom the bank does not know, or who stays anonymous."""

    title = _("New ticket of no customer")
    parents = [TICKETS]
    cancel_to = "tickets"
    form_class = CallerTicketForm

    def get_initial(self) -> dict[str, Any]:
        return {"channel": Interaction.Channel.PHONE}

    @transaction.atomic
    def perform(self, form: BaseForm) -> Ticket:
        said = dict(form.cleaned_data)
        now, by = timezone.now(), self.request.user
        caller = keeping.note_caller(**said.pop("who"), by=by, at=now)
        return open_ticket(customer=None, caller=caller, by=by, at=now, **said)


class CallerPage(DetailPage):
    permission = "callers:read"
    reads_are_logged = True
    template_name = "service/callers/caller.html"
    context_object_name = "caller"
    queryset = Caller.objects.select_related("customer", "noted_by", "joined_by")
    parents = [TICKETS]
    object: Caller

    def get_title(self) -> Text:
        return self.object.who

    def get_actions(self) -> list[Action]:
        if self.object.customer_id or not self.may("callers:write"):
            return []
        url = reverse("caller_join", args=[self.object.pk])
        return [Action(_("It is a customer"), url, icon="user-check", dialog=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        caller, user = self.object, self.request.user
        found = {
            "lines": [(kind, LABELS[kind], masking.masked(kind, getattr(caller, kind))) for kind in keeping.KINDS],
            "tickets": Ticket.objects.visible_to(user).filter(caller=caller).order_by("-opened_at", "-pk")[:50],
            "mandates": Mandate.objects.visible_to(user).filter(holder=caller).select_related("customer"),
        }
        return super().get_context_data(**found | kwargs)


class OfCaller(FormPage):
    permission = "callers:write"

    @cached_property
    def caller(self) -> Caller:
        return get_object_or_404(Caller.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(TICKETS[0], reverse(TICKETS[1])), Crumb(self.caller.who, self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("caller", args=[self.caller.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": self.caller.who, "cancel_url": self.get_success_url()} | kwargs)


class JoinCaller(OfCaller):
    title, submit, done = _("It is a customer"), _("Join"), _("Their tickets are the customer's now.")
    form_class = JoinForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.caller.version}

    def perform(self, form: BaseForm) -> Caller:
        return keeping.join(caller=self.caller, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class RevealCaller(OfCaller):
    """Shows one value, once somebody said why they need it."""

    permission = "callers:read"
    title, submit = _("Show contact data"), _("Show")
    form_class = RevealForm

    @property
    def kind(self) -> str:
        if self.kwargs["kind"] not in keeping.KINDS:
            raise Http404
        return str(self.kwargs["kind"])

    @property
    def intro(self) -> str:  # type: ignore[override]  # worded for each
        return f"{self.caller.who} · {LABELS[self.kind]}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": self.intro} | kwargs)

    def perform(self, form: BaseForm) -> str:
        return keeping.reveal(caller=self.caller, field=self.kind, by=self.request.user, **form.cleaned_data)

    def leave(self, url: str) -> HttpResponse:
        name = "_revealed" if is_fragment(self.request) else "revealed"
        said = {"label": LABELS[self.kind], "value": self.result, "url": url}
        return render(self.request, f"service/callers/{name}.html", self.get_context_data(**said))


class NoteMandate(ChangePage):
    permission = "mandates:write"
    title = _("Power of attorney")
    submit = _("Keep it")
    done = _("Kept: the phone centre sees it when they call.")
    form_class = MandateForm

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def get_success_url(self) -> str:
        return f"{super().get_success_url()}?tab=mandates"

    def perform(self, form: BaseForm) -> Mandate:
        return note_mandate(customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class EndMandate(FormPage):
    permission = "mandates:write"
    title, submit, done = _("Revoke the power of attorney"), _("Revoke"), _("Revoked.")
    form_class = Form

    @cached_property
    def mandate(self) -> Mandate:
        rows = Mandate.objects.visible_to(self.request.user).select_related("customer", "holder")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def intro(self) -> str:  # type: ignore[override]  # worded for each
        return f"{self.mandate.holder.who} · {self.mandate.scopes_said}"

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(str(self.mandate.customer), self.get_success_url())]

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.mandate.customer_id])}?tab=mandates"

    def perform(self, form: BaseForm) -> Mandate:
        return end_mandate(mandate=self.mandate, by=self.request.user, at=timezone.now())
