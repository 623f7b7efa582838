"""Contact data on the page: masked, and one piece at a time revealed."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from crm.base.pages.access import is_fragment
from customers import services
from customers.contacts import LABELS
from customers.forms import RevealForm
from customers.labels import label_of
from customers.masking import masked
from customers.models import Contact, Customer
from customers.services.contacts import TYPED_ALWAYS, is_calling, may_reveal, needs_reason


@dataclass(frozen=True)
class ContactLine:
    kind: str
    label: str
    masked: str
    may_reveal: bool
    needs_reason: bool
    may_call: bool
    value: str = ""


def contact_lines(customer: Customer, user: Any) -> list[ContactLine]:
    """What is known of how to reach the customer, open during a verified call; `customer.contact` is fetched by the page."""
    contact: Contact | None = getattr(customer, "contact", None)
    shown = [] if not is_calling(customer, user) else [kind for kind in LABELS if kind not in TYPED_ALWAYS]
    return [
        line_of(customer, kind, getattr(contact, kind), user, is_open=kind in shown)
        for kind in LABELS
        if getattr(contact, kind, "")
    ]


def line_of(customer: Customer, kind: str, value: str, user: Any, *, is_open: bool = False) -> ContactLine:
    has_reason = not needs_reason(customer=customer, field=kind, by=user)
    return ContactLine(
        kind=kind,
        label=label_of(kind, customer.kind),
        masked=masked(kind, value),
        may_reveal=may_reveal(customer, user),
        needs_reason=not has_reason,
        may_call=kind == "phone" and has_reason and user.may("interactions:write"),
        value=value if is_open else "",
    )


class RevealContact(FormPage):
    """POST shows one value. Where a reason must be typed, GET asks for it."""

    permission = "customers:read"
    title = _("Show contact data")
    submit = _("Show")
    form_class = RevealForm
    template_name = "customers/reveal.html"
    fragment_name = "customers/_reveal.html"

    @cached_property
    def customer(self) -> Customer:
        return get_object_or_404(Customer.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def kind(self) -> str:
        if self.kwargs["kind"] not in LABELS:
            raise Http404
        return str(self.kwargs["kind"])

    def get_title(self) -> str:
        return str(self.customer)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if needs_reason(customer=self.customer, field=self.kind, by=request.user):
            return super().post(request, *args, **kwargs)
        return self.shown(self.reveal(""))

    def reveal(self, reason: str) -> str:
        return services.reveal_contact(customer=self.customer, field=self.kind, by=self.request.user, reason=reason)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return self.shown(self.reveal(form.cleaned_data["reason"]))
        except RuleBroken as refusal:
            form.add_error(refusal.field, str(refusal.message))
            return self.form_invalid(form)

    def shown(self, value: str) -> HttpResponse:
        line = line_of(self.customer, self.kind, value, self.request.user, is_open=True)
        context = {"customer": self.customer, "line": line, "title": self.get_title()}
        if not is_fragment(self.request):
            return render(self.request, "customers/revealed.html", context)
        in_place = not line.needs_reason
        return render(self.request, f"customers/{'_contact_line' if in_place else '_revealed'}.html", context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = line_of(self.customer, self.kind, "", self.request.user)
        return super().get_context_data(customer=self.customer, line=line, **kwargs)
