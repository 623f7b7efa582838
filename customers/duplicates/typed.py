"""While a new customer is typed: who may be the same one."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from crm.base.pages import Page
from customers.contacts import KINDS
from customers.duplicates.finding import likely
from customers.forms.records import ContactFields
from customers.models import Customer, Document


class TypedForm(ContactFields):
    """As much of the form for a new customer as was typed so far; nothing is required."""

    name = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=Customer.Kind)
    sex = forms.ChoiceField(required=False, choices=Customer.Sex)
    birth_date = forms.DateField(required=False)
    document_type = forms.ChoiceField(required=False, choices=Document.IDENTIFYING)


class TypedPage(Page):
    """POST what was typed; the answer is a fragment, empty where nobody is alike."""

    permission = "customers:write"
    http_method_names = ["post", "options"]
    template_name = "customers/duplicates/_alike.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = TypedForm(request.POST)
        form.is_valid()
        said = form.cleaned_data
        kind = said.get("kind") or Customer.Kind.PERSON
        found = likely(
            user=request.user,  # type: ignore[arg-type]  # signed in
            name=said.get("name") or "",
            kind=kind,
            birth_date=said.get("birth_date"),
            sex=said.get("sex") or "",
            at=timezone.now(),
            document_type=said.get("document_type", "") if kind == Customer.Kind.PERSON else Document.Type.CREDIT_CODE,
            contact={kind: said.get(kind) or "" for kind in KINDS},
        )
        return self.render_to_response(self.get_context_data(alike=found.customers, hidden=found.hidden))
