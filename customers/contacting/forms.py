from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput
from customers.models import Flag, Interaction, Purpose, RiskAssessment


class AssessForm(forms.Form):
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, choices=RiskAssessment.LEVELS)
    assessed_on = forms.DateField(
        label=_("Assessed on"),
        widget=DateInput(),
        initial=timezone.localdate,
        help_text=_("It holds for twelve months."),
    )


class ConsentForm(forms.Form):
    """One wording for several channels at once."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=[(p, p.label) for p in (Purpose.MARKETING, Purpose.SURVEY)])
    channels = forms.MultipleChoiceField(
        label=_("Channels"), choices=Interaction.Channel.choices, widget=forms.CheckboxSelectMultiple
    )
    wording = forms.CharField(
        label=_("Wording"), max_length=32, help_text=_("The version of the text that the customer agreed to.")
    )


class FlagForm(forms.Form):
    kind = forms.ChoiceField(label=_("Flag"), choices=Flag.Kind.choices)
    since = forms.DateField(label=_("Since"), widget=DateInput(), initial=timezone.localdate)
    until = forms.DateField(
        label=_("Until"), widget=DateInput(), required=False, help_text=_("The first day on which it no longer holds.")
    )
    source = forms.CharField(label=_("Source"), max_length=120, help_text=_("Who says so: a court order, the family."))


class EndFlagForm(forms.Form):
    until = forms.DateField(
        label=_("Ends on"), widget=DateInput(), help_text=_("The first day on which it no longer holds.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate


class WithdrawForm(forms.Form):
    """Nothing to type: the button says it."""
