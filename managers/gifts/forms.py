from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.forms.inputs import DateInput, TypedCustomer
from managers.models import Event, Gift


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=20, decimal_places=4)


class GiftForm(TypedCustomer):
    kind = forms.ChoiceField(label=_("Kind"), choices=Gift.Kind)
    what = forms.CharField(label=pgettext_lazy("a gift", "What"), max_length=120)
    amount = _amount(pgettext_lazy("a gift", "Value"))
    given_on = forms.DateField(label=_("Given on"), widget=DateInput())
    event = forms.ModelChoiceField(Event.objects.none(), label=_("Event"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False,
        help_text=_("Needed above the cap of a year: then somebody else decides."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = Event.objects.visible_to(self.user).order_by("-starts_at")


class GuestsForm(forms.Form):
    what = forms.CharField(label=pgettext_lazy("a gift", "What"), max_length=120)
    amount = _amount(_("Value per guest"))


class StrikeForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"autofocus": True}))
