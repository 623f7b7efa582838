from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput
from customers.models import Erasure

REASON = forms.Textarea({"rows": 2})


class AskForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=REASON, help_text=_("Who asked for it, and how. Goes into the trail.")
    )


class ErasureForm(AskForm):
    requester = forms.ChoiceField(label=_("Who asked"), choices=Erasure.Requester)
    received_on = forms.DateField(
        label=_("Received on"), widget=DateInput(), help_text=_("The days for the answer count from this one.")
    )
    field_order = ("requester", "received_on", "reason")


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("What the customer is told"), max_length=300, widget=REASON,
        help_text=_("The law asks for a reason, and the customer may complain."),
    )  # fmt: skip
