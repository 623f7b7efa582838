from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Branch
from customers.cards.names import LONGEST, suggested
from customers.cards.orders import CARRIES
from customers.models import Account, CardDesign, Customer
from customers.statements.forms import AccountField

QUIET = {"autocomplete": "off"}


class OrderForm(forms.Form):
    account = AccountField(Account.objects.none(), label=_("Account"), empty_label=None)
    design = forms.ModelChoiceField(CardDesign.objects.filter(is_offered=True), label=_("Card"), empty_label=None)
    embossed_name = forms.CharField(
        label=_("Name on the card"),
        max_length=LONGEST,
        widget=forms.TextInput({"class": "figure text-uppercase", **QUIET}),
        help_text=_("Latin capitals, surname first, as in the passport; at most 26. Show it to the customer."),
    )
    is_confirmed = forms.BooleanField(label=_("The customer has read the name and confirmed it"))

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Account.objects.filter(holders__customer=customer, closed_on=None, product__family__in=CARRIES)
        self.fields["account"].queryset = held.select_related("product").order_by("number")
        self.fields["embossed_name"].initial = suggested(customer)


class PrintForm(forms.Form):
    last_four = forms.CharField(
        label=_("Last four digits"),
        max_length=4,
        min_length=4,
        widget=forms.TextInput({"inputmode": "numeric", "autofocus": True, **QUIET}),
        help_text=_("Of the number that the core gave to the printer. Never the whole number."),
    )
    core_reference = forms.CharField(label=_("Reference of the core"), required=False, max_length=19)


class SlipForm(forms.Form):
    slip = forms.CharField(
        label=_("Number of the signed slip"),
        max_length=40,
        widget=forms.TextInput({"autofocus": True, **QUIET}),
        help_text=_("The customer signs that they have the card. The slip goes to the branch's papers."),
    )


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"autofocus": True}))


class SpoiltForm(WhyForm):
    quantity = forms.IntegerField(label=_("How many"), min_value=1, initial=1)
    field_order = ["quantity", "reason"]


class ReceiveForm(forms.Form):
    """From the maker: of any design."""

    design = forms.ModelChoiceField(CardDesign.objects.all(), label=_("Card"), empty_label=None)
    quantity = forms.IntegerField(label=_("How many"), min_value=1)
    remark = forms.CharField(label=_("Delivery note"), max_length=300)


class ArrivedForm(forms.Form):
    quantity = forms.IntegerField(label=_("How many arrived"), min_value=0)
    remark = forms.CharField(
        label=_("Remark"), max_length=300, required=False, help_text=_("Needed where the number is not what was sent.")
    )


class SendForm(forms.Form):
    to = forms.ModelChoiceField(Branch.objects.order_by("path"), label=_("To branch"), empty_label=None)
    quantity = forms.IntegerField(label=_("How many"), min_value=1)


class CountForm(forms.Form):
    counted = forms.IntegerField(label=_("How many were counted"), min_value=0)
    remark = forms.CharField(
        label=_("Remark"), max_length=300, required=False, help_text=_("Needed where it is not what should be there.")
    )


class DesignForm(forms.ModelForm):
    class Meta:
        model = CardDesign
        fields = ["code", "name", "is_gold", "is_offered"]
