from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[("approve", _("Move the customer")), ("refuse", _("The customer stays"))],
        widget=forms.RadioSelect,
        initial="approve",
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Where the customer stays: why. They are not suggested again for 90 days."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ApproveForm(forms.Form):
    """`seen` are pairs of key and version, as they stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_seen(self) -> dict[int, int]:
        try:
            pairs = [pair.split(":") for pair in self.cleaned_data["seen"].split()]
            return {int(key): int(version) for key, version in pairs}
        except ValueError:
            raise forms.ValidationError(_("This list is not one of this page; open it again.")) from None

    def add_error(self, field: Any, error: Any) -> None:
        """What is hidden is said above the form."""
        super().add_error(None if field == "seen" else field, error)
