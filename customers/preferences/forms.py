from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.forms.inputs import DateInput
from customers.models import KnownFrom, Preference
from customers.preferences.words import CHOICES, NONE, SHORT, Gift

HELP = {
    Preference.Kind.FORM_OF_ADDRESS: _("As the customer wants to be spoken to: 王老师, Madam Chen, first name."),
    Preference.Kind.DIET: _("Taste and custom alone; health is not asked for."),
    Preference.Kind.RISK: _("In the customer's own words; what they may buy is said by the risk assessment."),
    Preference.Kind.LUNAR_BIRTHDAY: _("The bank then congratulates by the lunar calendar."),
}


class PreferenceForm(forms.Form):
    """Of one kind: a word of its list, or one's own."""

    value = forms.ChoiceField(label=_("What is known"))
    source = forms.ChoiceField(label=_("Known from"), choices=KnownFrom.choices, initial=KnownFrom.SAID)
    learnt_on = forms.DateField(label=_("Learnt on"), widget=DateInput(), initial=timezone.localdate)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = self.fields["value"]
        if kind in CHOICES:
            value.choices = [("", "–"), *CHOICES[kind]]  # type: ignore[attr-defined]
        else:
            self.fields["value"] = value = forms.CharField(label=value.label, max_length=SHORT[Preference.Kind(kind)])
        value.help_text = HELP.get(Preference.Kind(kind), "")
        if kind == Preference.Kind.GIFT:
            value.required = False
            self.fields["refuses"] = forms.BooleanField(label=Gift.NONE.label, required=False)
            self.order_fields(["value", "refuses", "source", "learnt_on"])

    def said(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        return typed | {"value": NONE} if typed.pop("refuses", False) else typed


class EndForm(forms.Form):
    """Nothing to type: the button says it."""
