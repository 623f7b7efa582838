from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import User
from customers.forms.inputs import DateInput, customer_meant
from customers.models import Customer
from managers.models import Opportunity, Prospect


class NoteForm(forms.Form):
    source = forms.ChoiceField(label=_("Source"), choices=Opportunity.Source)
    referrer = forms.CharField(
        label=_("Referred by the customer"), max_length=80, required=False,
        help_text=_("Number, name, pinyin or initials."), widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_on = forms.DateField(label=_("Next step on"), required=False, widget=DateInput())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_referrer(self) -> Customer | None:
        text = self.cleaned_data["referrer"].strip()
        return customer_meant(text, self.user) if text else None


class ChangeForm(NoteForm):
    stage = forms.ChoiceField(
        label=pgettext_lazy("a prospect", "Status"), choices=[(stage.value, stage.label) for stage in Prospect.OPEN]
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["stage"]


class LoseForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"autofocus": True}))


class ConvertForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
