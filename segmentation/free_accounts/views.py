"""Naming the free account at the counter, and taking it back: on the page of the customer."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from crm.base.pages import FormPage
from crm.base.pages.access import Crumb
from customers.forms import DateInput
from customers.models import Account, Customer
from customers.portfolio import charged_to
from segmentation.decisions.views import crumbs_of
from segmentation.free_accounts.services import end_naming, name_account
from segmentation.models import FreeAccount
from segmentation.services.policies import next_day


class NameForm(forms.Form):
    account = forms.ModelChoiceField(label=gettext_lazy("Account"), queryset=Account.objects.none())
    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput())

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Account.objects.filter(pk__in=charged_to(customer), closed_on=None).order_by("number")
        self.fields["account"].queryset = own  # type: ignore[attr-defined]


class EndForm(forms.Form):
    until = forms.DateField(
        label=gettext_lazy("Ends on"),
        widget=DateInput(),
        help_text=gettext_lazy("The first day on which it no longer holds."),
    )


class OfCustomer(FormPage):
    permission = "free-accounts:write"

    @property
    def customer(self) -> Customer:
        raise NotImplementedError

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=waivers"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)


class NameAccount(OfCustomer):
    title = gettext_lazy("Name the free account")
    intro = gettext_lazy("One account of the customer's choice pays no small-balance fee.")
    form_class = NameForm
    submit = gettext_lazy("Name it")
    done = gettext_lazy("The account is free of the small-balance fee.")

    @cached_property
    def customer(self) -> Customer:
        return get_object_or_404(Customer.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"customer": self.customer}

    def get_initial(self) -> dict[str, Any]:
        return {"since": first_open_day()}

    def perform(self, form: forms.Form) -> FreeAccount:
        said = form.cleaned_data
        return name_account(customer=self.customer, account=said["account"], since=said["since"], by=self.request.user)


class EndNaming(OfCustomer):
    title = gettext_lazy("End the free account")
    intro = gettext_lazy("From that day on the account pays the fee like any other, and another one may be named.")
    form_class = EndForm
    submit = gettext_lazy("End it")
    done = gettext_lazy("It ends on that day.")

    @cached_property
    def free(self) -> FreeAccount:
        rows: QuerySet = FreeAccount.objects.visible_to(self.request.user).select_related("customer", "account")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def customer(self) -> Customer:
        return self.free.customer

    def get_initial(self) -> dict[str, Any]:
        return {"until": first_open_day()}

    def perform(self, form: forms.Form) -> FreeAccount:
        return end_naming(free=self.free, until=form.cleaned_data["until"], by=self.request.user)


def first_open_day() -> date:
    """The first day that no night has decided, or today where that is later."""
    return max(next_day(), timezone.localdate())
