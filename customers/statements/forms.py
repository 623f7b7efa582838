from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput
from customers.models import Account, Customer
from customers.portfolio import PAYING


class AccountField(forms.ModelChoiceField):
    def label_from_instance(self, account: Account) -> str:
        return f"{account.number} · {account.product} · {account.currency}"


class PrintForm(forms.Form):
    account = AccountField(Account.objects.none(), label=_("Account"), empty_label=None)
    since = forms.DateField(label=_("From"), widget=DateInput())
    until = forms.DateField(label=_("Through"), widget=DateInput(), help_text=_("Both days are included."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owned = Account.objects.filter(holders__customer=customer, holders__role__in=PAYING)
        self.fields["account"].queryset = owned.select_related("product").order_by("number")


def language_of(customer: Customer) -> str:
    """The customer's, in whichever way it is written (zh, zh-CN), where the bank writes it; else the bank's."""
    try:
        return get_supported_language_variant(customer.language or settings.LANGUAGE_CODE)
    except LookupError:
        return settings.LANGUAGE_CODE


def last_month(today: date) -> tuple[date, date]:
    until = today.replace(day=1) - timedelta(days=1)
    return until.replace(day=1), until


def periods(today: date) -> list[tuple[Any, date, date]]:
    """Those that customers ask for, with their first and last day."""
    year = today.year - 1
    return [
        (_("Last month"), *last_month(today)),
        (_("This year"), today.replace(month=1, day=1), today),
        (_("Last year"), date(year, 1, 1), date(year, 12, 31)),
    ]
