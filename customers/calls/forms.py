from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.calls.questions import Question
from customers.forms import DateInput
from customers.models import Call, Interaction
from customers.voice.forms import NeedFields

QUIET = {"autocomplete": "off"}
HINTS = {
    Question.BIRTH_DATE: _("Year, month and day, in this order."),
    Question.MONTH: _("Year and month. Interest and fees that the bank books do not count."),
    Question.BRANCH: _("The code of the branch, or its name."),
}


class BeginForm(forms.Form):
    number = forms.CharField(
        label=_("Incoming number"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autofocus": True, "inputmode": "tel", **QUIET}),
        help_text=_("As the telephone shows it. Empty where it shows none."),
    )


class ChooseForm(forms.Form):
    """Of `customer`, one that was found, or of `text`, what the caller says."""

    customer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Customer number, phone or id document"),
        required=False,
        max_length=64,
        widget=forms.TextInput({**QUIET}),
        help_text=_("The whole of it, as the caller says it."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("customer") and not found.get("text"):
            self.add_error("text", _t("Say who is calling."))
        return found


class AnswersForm(forms.Form):
    """A field for each question that waits. What the right answer is, it doesn't know."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, question in enumerate(call.asked):
            self.fields[question.value] = forms.CharField(
                label=question.label,
                required=False,
                max_length=64,
                help_text=HINTS.get(question, ""),
                widget=forms.TextInput(QUIET | ({"autofocus": True} if place == 0 else {})),
            )


STEPS = {"none": None, "day": timedelta(days=1), "week": timedelta(weeks=1), "month": timedelta(days=30)}


class AfterCallForm(NeedFields):
    """Outcome and next step are two keys; all else is there, or may stay empty."""

    OUTCOME_KEYS = dict(zip(Interaction.Outcome.values, "12345", strict=True))
    STEP_KEYS = {"none": "n", "day": "t", "week": "w", "month": "m", "other": "d"}

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Interaction.Outcome.choices, widget=forms.RadioSelect)
    step = forms.ChoiceField(
        label=_("Next step"),
        widget=forms.RadioSelect,
        choices=[
            ("none", pgettext_lazy("next step", "None")),
            ("day", _("Tomorrow")),
            ("week", _("In a week")),
            ("month", _("In 30 days")),
            ("other", _("On a day")),
        ],
    )
    next_on = forms.DateField(label=_("Day of the next step"), required=False, widget=DateInput(attrs={"data-day": ""}))
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Interaction.Purpose.choices)
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def outcomes(self) -> list[tuple[Any, Any, str]]:
        return [(value, label, self.OUTCOME_KEYS[value]) for value, label in self.fields["outcome"].choices]

    @property
    def steps(self) -> list[tuple[Any, Any, str]]:
        return [(value, label, self.STEP_KEYS[value]) for value, label in self.fields["step"].choices]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("step") == "other" and not found.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _t("Which day?"))
        return found

    def said(self, today: date) -> dict[str, Any]:
        """What the service wants, `next_on` reckoned from today."""
        step = self.cleaned_data["step"]
        after = STEPS.get(step)
        next_on = self.cleaned_data["next_on"] if step == "other" else today + after if after else None
        told = {name: self.cleaned_data[name] for name in ("outcome", "purpose", "note")}
        return told | {"next_on": next_on, "need": self.need()}


class CalledForm(AfterCallForm):
    """After a call that we made; `at` is when the number was shown."""

    at = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S%z"])
