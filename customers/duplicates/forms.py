from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.duplicates.comparing import Line
from customers.forms import TypedCustomer

STAYS, GOES = "stays", "goes"
REASON = _("Goes into the trail of both records.")


class MergeForm(forms.Form):
    """For each line in which the two differ, whose value stays; `version` and `other_version` are those that were read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=REASON)

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if line.differs]
        missing = {"required": _("Choose whose value stays.")}
        for line in self.lines:
            choices = [(STAYS, line.stays), (GOES, line.goes)]
            initial = GOES if line.takes else STAYS
            self.fields[f"take_{line.name}"] = forms.ChoiceField(
                choices=choices, initial=initial, label=line.label, error_messages=missing
            )

    def taken(self) -> list[str]:
        return [line.name for line in self.lines if self.cleaned_data[f"take_{line.name}"] == GOES]

    def versions(self) -> tuple[int, int]:
        return self.cleaned_data["version"], self.cleaned_data["other_version"]

    def chosen(self, line: Line) -> str:
        """What the page shows as chosen."""
        return str(self[f"take_{line.name}"].value())


class OtherForm(TypedCustomer):
    """The record with which one is compared."""

    customer = forms.CharField(
        label=_("Compare with"), max_length=80, help_text=_("Number, name, pinyin or initials of the other record.")
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=REASON, widget=forms.TextInput({"autofocus": True})
    )
