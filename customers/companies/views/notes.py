"""Forms to note something of a company and to correct it; and the phone of a contact person, one at a time."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from crm.base.pages.access import Text, is_fragment
from customers.companies.history import earlier_of
from customers.companies.people import PersonLine, line_of, reveal_person
from customers.companies.services import correct
from customers.companies.sorts import SORTS, Sort
from customers.companies.views.company import OfCompany
from customers.forms import RevealForm
from customers.models import ContactPerson, Customer
from customers.models.noted import Noted
from customers.services.contacts import needs_reason
from customers.services.versions import STALE
from customers.views.head import look


class AddNote(OfCompany):
    done = _("Saved.")

    @cached_property
    def sort(self) -> Sort:
        if self.kwargs["what"] not in SORTS:
            raise Http404
        return SORTS[self.kwargs["what"]]

    def get_tab(self) -> str:
        return self.sort.tab

    def get_title(self) -> Text:
        return f"{self.sort.title}: {self.customer}"

    def get_form_class(self) -> type:
        return self.sort.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "customer": self.customer}

    def refused(self, form: Any, refusal: RuleBroken) -> HttpResponse:
        refusal.field = getattr(form, "places", {}).get(refusal.field, refusal.field)
        return super().refused(form, refusal)

    def perform(self, form: Any) -> Noted:
        return self.sort.add(self.customer, form.said(), by=self.request.user, at=timezone.now())


class CorrectNote(AddNote):
    """What stood before stays, and is shown under the form."""

    template_name = "customers/companies/correct.html"
    intro = _("What stood here before stays in its history.")

    @cached_property
    def row(self) -> Noted:
        rows = self.sort.model._default_manager.writable_by(self.request.user)  # type: ignore[attr-defined]
        return get_object_or_404(rows.select_related("customer"), pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        return self.row.customer

    def get_title(self) -> Text:
        return f"{self.sort.title}: {self.row}"

    def get_form_kwargs(self) -> dict[str, Any]:
        # of its own: the form writes into it what was typed
        return super().get_form_kwargs() | {"instance": type(self.row)._default_manager.get(pk=self.row.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(earlier=earlier_of(self.row), **kwargs)

    def perform(self, form: Any) -> Noted:
        return correct(self.row, by=self.request.user, at=timezone.now(), **form.said())

    def refused(self, form: Any, refusal: RuleBroken) -> HttpResponse:
        """Who was overtaken keeps what they typed, reads what is said, and saves again if they still mean it."""
        if refusal.code == STALE:
            typed = self.request.POST.copy()
            typed["version"] = str(type(self.row)._default_manager.get(pk=self.row.pk).version)
            form.data = typed
        return super().refused(form, refusal)


class RevealPerson(FormPage):
    """POST shows one value. Where a reason must be typed, GET asks for it."""

    permission = "companies:read"
    title = _("Show contact data")
    submit = _("Show")
    form_class = RevealForm
    template_name = "customers/companies/reveal.html"
    fragment_name = "customers/companies/_reveal.html"

    @cached_property
    def person(self) -> ContactPerson:
        rows = ContactPerson.objects.visible_to(self.request.user).select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def line(self) -> PersonLine:
        if self.kwargs["kind"] not in ("phone", "email"):
            raise Http404
        return line_of(self.person, self.kwargs["kind"], self.request.user)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        look(self.person.customer, request, "form.company_person_reveal")
        return super().get(request, *args, **kwargs)

    def get_title(self) -> Text:
        return str(self.person)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if needs_reason(customer=self.person.customer, field=self.line.kind, by=request.user):
            return super().post(request, *args, **kwargs)
        return self.shown(reveal_person(person=self.person, field=self.line.kind, by=request.user))

    def form_valid(self, form: BaseForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        try:
            value = reveal_person(person=self.person, field=self.line.kind, by=self.request.user, reason=reason)
        except RuleBroken as refusal:
            return self.refused(form, refusal)
        return self.shown(value)

    def shown(self, value: str) -> HttpResponse:
        line = line_of(self.person, self.line.kind, self.request.user, value=value)
        context = {"person": self.person, "customer": self.person.customer, "line": line, "title": self.get_title()}
        if not is_fragment(self.request):
            return render(self.request, "customers/companies/revealed.html", context)
        name = "_revealed" if line.needs_reason else "_person_line"
        return render(self.request, f"customers/companies/{name}.html", context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, customer=self.person.customer, line=self.line, **kwargs)
