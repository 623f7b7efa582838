"""The card of what is known, missing and old; each click is one verb."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.pages import FormPage, Page
from crm.base.pages.access import is_fragment
from customers.completeness import services
from customers.completeness.fields import Wanted, wanted_of
from customers.completeness.forms import AnswerForm
from customers.completeness.reading import completeness_of
from customers.models import Customer
from customers.services.versions import STALE


class OfField(Page):
    permission = "customers:write"

    @cached_property
    def customer(self) -> Customer:
        rows = Customer.objects.visible_to(self.request.user).select_related("contact")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def wanted(self) -> Wanted:
        found = wanted_of(self.customer).get(self.kwargs["field"])
        if found is None:
            raise Http404
        return found

    @property
    def here(self) -> str:
        return reverse("customer", args=[self.customer.pk])


class ActOnField(OfField):
    """POST `confirm`, `ask` or `leave`; the answer is the card as it is then."""

    http_method_names = ["post", "options"]
    template_name = "customers/completeness/_card.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ACTS[self.kwargs["act"]](self.customer, self.wanted.name, request.user)
        if not is_fragment(request):
            return redirect(self.here)
        found = completeness_of(self.customer, timezone.localdate())
        return self.render_to_response({"customer": self.customer, "completeness": found, "may_change": True})


class AnswerField(OfField, FormPage):
    submit = gettext_lazy("Save the answer")
    done = gettext_lazy("The answer is in the record.")
    form_class = AnswerForm

    def get_title(self) -> str:
        return _("%(field)s: what %(customer)s said") % {"field": self.wanted.label, "customer": self.customer}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"wanted": self.wanted}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.customer.version}

    def perform(self, form: BaseForm) -> Customer:
        field, today = self.wanted.name, timezone.localdate()
        return services.answer_field(
            customer=self.customer, field=field, on=today, by=self.request.user, **form.cleaned_data
        )

    def refused(self, form: BaseForm, refusal: Any) -> HttpResponse:
        """Who was overtaken looks at the record, and saves again if they still mean it."""
        refusal.field = "value"
        if refusal.code == STALE:
            self.retyped(form, version=self.customer.version)
        return super().refused(form, refusal)

    def get_success_url(self) -> str:
        return self.here


def _confirm(customer: Customer, field: str, by: Any) -> None:
    services.confirm_field(customer=customer, field=field, on=timezone.localdate(), by=by)


def _ask(customer: Customer, field: str, by: Any) -> None:
    services.ask_for(customer=customer, field=field, at=timezone.now(), by=by)


def _leave(customer: Customer, field: str, by: Any) -> None:
    services.leave_out(customer=customer, field=field, by=by)


ACTS: dict[str, Callable[[Customer, str, Any], None]] = {"confirm": _confirm, "ask": _ask, "leave": _leave}
