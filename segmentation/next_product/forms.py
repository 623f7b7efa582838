from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput
from customers.models import Interaction
from segmentation.models import ProductAnswer


class AnswerForm(forms.Form):
    """Begins with a channel by which the customer may be offered something; without one only “never again” is taken."""

    answer = forms.ChoiceField(
        label=_("What did the customer say?"), choices=ProductAnswer.Answer.choices, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Interaction.Channel.choices)
    reason = forms.ChoiceField(
        label=_("Reason of a refusal"), required=False, choices=[("", "–"), *ProductAnswer.Reason.choices]
    )
    again_on = forms.DateField(
        label=_("Ask again on"),
        required=False,
        widget=DateInput(),
        help_text=_("Where they said later; else in 30 days."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, channels: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = next(iter(channels), None)
        if not channels:
            never = [(ProductAnswer.Answer.NEVER, ProductAnswer.Answer.NEVER.label)]
            self.fields["answer"].choices = never  # type: ignore[attr-defined]
            del self.fields["reason"], self.fields["again_on"]
