from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms.inputs import DateInput


class SnoozeForm(forms.Form):
    until = forms.DateField(
        label=_("Show it again on"),
        widget=DateInput(attrs={"autofocus": True}),
        help_text=_("A year from now at most."),
    )


class DismissForm(forms.Form):
    reason = forms.CharField(
        label=_("Why nothing is to be done"), max_length=300, widget=forms.TextInput({"autofocus": True})
    )
