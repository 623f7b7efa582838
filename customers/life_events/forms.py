from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.life_events.days import written
from customers.life_events.services import MOST
from customers.models import KnownFrom, LifeEvent


class LifeEventForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), choices=LifeEvent.Kind.choices)
    on = forms.CharField(
        label=_("When"),
        max_length=10,
        help_text=_("As it is known: 2025-09-01, 2025-09 or 2025. It may lie ahead."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    about = forms.CharField(
        label=_("About whom"),
        required=False,
        max_length=MOST["about"],
        help_text=_("Empty is the customer. Otherwise: the daughter, the son 小明."),
    )
    source = forms.ChoiceField(label=_("Known from"), choices=KnownFrom.choices, initial=KnownFrom.SAID)
    note = forms.CharField(
        label=_("Private note"),
        required=False,
        max_length=MOST["note"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept sealed, for who looks after the customer. Nothing about health."),
    )


class CorrectForm(LifeEventForm):
    """`version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: LifeEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "kind": event.kind,
            "on": written(event.on, event.precision),
            "about": event.about,
            "source": event.source,
            "note": event.note,
            "version": event.version,
        }


class StrikeForm(forms.Form):
    """Nothing to type: the button says it."""
