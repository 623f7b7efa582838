"""Groups of companies."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.companies.forms.noted import ENDS
from customers.forms import DateInput, TypedCustomer


class NewGroupForm(TypedCustomer):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autofocus": True}))
    since = forms.DateField(label=_("Since"), widget=DateInput(), initial=timezone.localdate)
    field_order = ["name", "customer", "since"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].label = _("First member")


class JoinForm(TypedCustomer):
    since = forms.DateField(label=_("Since"), widget=DateInput(), initial=timezone.localdate)


class LeaveGroupForm(forms.Form):
    until = forms.DateField(label=_("No longer from"), widget=DateInput(), initial=timezone.localdate,
                            help_text=_("The first day on which the company does not belong to the group."))  # fmt: skip


class GroupLimitForm(forms.Form):
    amount = forms.DecimalField(label=_("Amount"), max_digits=20, decimal_places=4)
    currency = forms.CharField(label=_("Currency"), max_length=3, initial=settings.CRM_BASE_CURRENCY)
    since = forms.DateField(label=_("Since"), widget=DateInput(), initial=timezone.localdate)
    until = forms.DateField(label=_("Until"), widget=DateInput(), required=False, help_text=ENDS)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()
