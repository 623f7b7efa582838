from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.forms.inputs import DateInput, TypedCustomer
from service.models import Mandate
from service.tickets.forms import TicketForm

TOLD = ("name", "phone", "email", "is_anonymous")


class CallerTicketForm(TicketForm):
    """A ticket of nobody whom the bank knows: it waits in a queue, and is a part of none."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    is_anonymous = forms.BooleanField(
        label=_("Stays anonymous"), required=False, help_text=_("Nothing that tells who it is, is kept.")
    )
    field_order = [*TOLD, "kind", "channel", "subject", "body", "impact", "queue"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["customer"], self.fields["parent"]
        self.fields["queue"].required = True
        self.fields["queue"].empty_label = "–"  # type: ignore[attr-defined]  # of a model choice

    def clean(self) -> dict[str, Any]:
        """Who it is stands apart from the ticket."""
        found = super().clean() or {}
        return found | {"who": {name: found.pop(name) for name in TOLD if name in found}}


class JoinForm(TypedCustomer):
    version = forms.IntegerField(widget=forms.HiddenInput)


class MandateForm(forms.Form):
    name = forms.CharField(label=_("Name of the holder"), max_length=120)
    phone = forms.CharField(label=_("Phone"), max_length=40, help_text=_("By which the phone centre finds them."))
    scopes = forms.MultipleChoiceField(
        label=pgettext_lazy("a mandate", "May"), choices=Mandate.Scope, widget=forms.CheckboxSelectMultiple
    )
    since = forms.DateField(label=_("Since"), widget=DateInput())
    until = forms.DateField(
        label=_("Until"), widget=DateInput(), help_text=_("The first day on which it holds no more.")
    )
    paper = forms.CharField(label=_("Number of the paper"), max_length=80)
