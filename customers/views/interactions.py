"""Contacts: logged in seconds, listed."""

from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import Action, Empty, FormPage, ListPage
from customers.completeness.fields import wanted_of
from customers.completeness.forms import PREFIX, ask_in, taken_answers
from customers.completeness.reading import completeness_of
from customers.completeness.services import answer_field
from customers.filters import InteractionFilter
from customers.forms import LogForm, QuickLogForm
from customers.models import Customer, Interaction
from customers.preferences.reading import before_speaking
from customers.tables import InteractionTable
from customers.voice.services import log_contact


class QuickLog(FormPage):
    """From anywhere: the customer is typed."""

    permission = "interactions:write"
    title = _("Log contact")
    submit = _("Log contact")
    done = _("Contact logged.")
    form_class: type[BaseForm] = QuickLogForm
    template_name = "customers/log.html"
    fragment_name = "customers/_log.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> Interaction:
        data = form.contact()
        self.customer = data.pop("customer")
        said = {"customer": self.customer, "need": form.need(), **data}
        return log_contact(by=self.request.user, as_of=timezone.now(), **said)

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.customer.pk])


class LogInteraction(QuickLog):
    """From the page of a customer."""

    form_class = LogForm

    @cached_property
    def customer(self) -> Customer:
        rows = Customer.objects.visible_to(self.request.user).select_related("contact")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Log contact with %(customer)s") % {"customer": self.customer}

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        del kwargs["user"]
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(known=before_speaking(self.customer, self.request.user), **kwargs)

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        """With what is to be asked of the customer, for who may write it down, and what was asked when they began."""
        form = super().get_form(form_class)
        if self.may("customers:write"):
            shown = self.asked | {name.removeprefix(PREFIX) for name in self.request.POST if name.startswith(PREFIX)}
            ask_in(form, [wanted for name, wanted in wanted_of(self.customer).items() if name in shown])
        return form

    @cached_property
    def asked(self) -> set[str]:
        return {field.name for field in completeness_of(self.customer, timezone.localdate()).asked}

    @transaction.atomic
    def perform(self, form: BaseForm) -> Interaction:
        """The contact and the answers: both, or where one is refused neither."""
        now, by, said = timezone.now(), self.request.user, form.contact()
        answers = taken_answers(said)
        for field in sorted(answers.keys() - self.asked):
            text = _("Somebody answered this in the meantime. Look at the record, and leave this empty.")
            raise RuleBroken(text, field=field)
        logged = log_contact(customer=self.customer, need=form.need(), by=by, as_of=now, **said)
        for field, value in answers.items():
            answer_field(customer=self.customer, field=field, value=value, on=timezone.localdate(now), by=by)
        return logged

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        if f"{PREFIX}{refusal.field}" in form.fields:
            refusal.field = f"{PREFIX}{refusal.field}"
        return super().refused(form, refusal)


def quick_log_url(request: HttpRequest) -> str:
    """Where `l` leads: to the customer whose page is open, else to the form that asks for one."""
    if not request.user.may("interactions:write"):
        return ""
    match = request.resolver_match
    if match and match.url_name and match.url_name.startswith("customer") and "pk" in match.kwargs:
        return reverse("customer_log", args=[match.kwargs["pk"]])
    return reverse("interaction_add")


class InteractionList(ListPage):
    permission = "interactions:read"
    title = _("Contacts")
    queryset = Interaction.objects.select_related("customer", "by")
    filterset_class = InteractionFilter
    table_class = InteractionTable
    ordering_fields = {"at": "at"}
    ordering = "-at"
    actions = [Action(_("Log contact"), "interaction_add", "message-plus", "interactions:write", dialog=True)]
    empty = Empty(
        _("No contacts yet"),
        _("Every call, visit and message with your customers stands here once it is logged."),
        Action(_("Log contact"), "interaction_add", permission="interactions:write"),
    )
