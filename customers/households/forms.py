from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput, TypedCustomer

POOLS = _("The customer agreed that the balances of all members are counted together, and that each is told the total.")


class MemberForm(TypedCustomer):
    since = forms.DateField(label=_("Since"), widget=DateInput(), initial=timezone.localdate)
    pools = forms.BooleanField(label=POOLS, required=False)
    is_head = forms.BooleanField(label=_("Head of the household"), required=False)


class NewHouseholdForm(TypedCustomer):
    """The first member is the head."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autofocus": True}))
    since = forms.DateField(label=_("Since"), widget=DateInput(), initial=timezone.localdate)
    pools = forms.BooleanField(label=POOLS, required=False)
    field_order = ["name", "customer", "since", "pools"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].label = _("Head of the household")


class LeaveForm(forms.Form):
    until = forms.DateField(
        label=_("No longer from"),
        widget=DateInput(),
        initial=timezone.localdate,
        help_text=_("The first day on which the customer does not belong to the household."),
    )


class PoolingForm(forms.Form):
    pools = forms.TypedChoiceField(
        label=_("Counted together"),
        coerce=lambda text: text == "yes",
        choices=[("yes", _("Yes, the customer agreed")), ("no", _("No, the customer withdrew"))],
        widget=forms.RadioSelect,
    )
    since = forms.DateField(label=_("Since"), widget=DateInput(), initial=timezone.localdate)
