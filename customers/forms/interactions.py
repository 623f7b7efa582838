"""A contact as somebody logs it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.forms.inputs import DateInput, MomentInput, TypedCustomer
from customers.models import Interaction
from customers.voice.forms import NeedFields


class InteractionForm(forms.ModelForm):
    """The note first: a contact is logged in seconds, the rest has sensible values."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        help_text=_("What was said, in a sentence. Ctrl and Enter save."),
    )

    class Meta:
        model = Interaction
        fields = ["note", "channel", "direction", "purpose", "outcome", "next_on", "at"]
        widgets = {"next_on": DateInput(), "at": MomentInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].initial = lambda: timezone.localtime().replace(second=0, microsecond=0)
        self.fields["at"].label = _("When")
        self.fields["channel"].initial = Interaction.Channel.PHONE
        self.fields["channel"].choices = Interaction.Channel.choices


class LogForm(NeedFields, InteractionForm):
    """With the need that came up, where one did."""


class QuickLogForm(TypedCustomer, LogForm):
    """As above, from anywhere."""

    field_order = ["customer", "note", "channel", "direction", "purpose", "outcome", "next_on", "at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"].widget.attrs["autofocus"]


class CorrectForm(InteractionForm):
    """`version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.known_at = self.instance.at

    def changes(self) -> dict[str, Any]:
        """What was typed; the field shows minutes, and a moment that nobody touched keeps its seconds."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if said["at"] == self.known_at.replace(second=0, microsecond=0):
            said["at"] = self.known_at
        return said


class AmendForm(forms.Form):
    text = forms.CharField(
        label=_("To be added"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "autofocus": True})
    )
