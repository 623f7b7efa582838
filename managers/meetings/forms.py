from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms.inputs import MomentInput
from managers.meetings.services import LONGEST, SHORTEST
from managers.models import Meeting


class MeetingForm(forms.Form):
    starts_at = forms.DateTimeField(label=_("When"), widget=MomentInput(attrs={"autofocus": True}))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=SHORTEST, max_value=LONGEST, initial=60)
    channel = forms.ChoiceField(label=_("How"), choices=[(each.value, each.label) for each in Meeting.CHANNELS])
    subject = forms.CharField(label=_("About"), max_length=120, required=False)


class CancelForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)
