"""Which currency amounts are shown in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from customers.rates import known_currencies


class CurrencyForm(forms.Form):
    """`?currency=`: the bank's own without it."""

    currency = forms.ChoiceField(
        label=_("Total in"), required=False, widget=forms.Select({"class": "form-select w-auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in known_currencies()]  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"] or settings.CRM_BASE_CURRENCY
