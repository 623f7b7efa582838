"""What people type about documents. Which of it holds, the services say."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.documents.checking import PASSPORTS
from customers.documents.images import content_of
from customers.documents.services import Picture, Side
from customers.forms import DateInput
from customers.models import Document

ACCEPTED = {"accept": "image/jpeg,image/png,application/pdf"}


class ImageFields(forms.Form):
    front = forms.FileField(
        label=_("Front"), required=False, widget=forms.FileInput(ACCEPTED), help_text=_("JPEG, PNG or PDF.")
    )
    back = forms.FileField(label=_("Back"), required=False, widget=forms.FileInput(ACCEPTED))

    def images(self) -> list[Picture]:
        named = ((Side.FRONT, self.cleaned_data.get("front")), (Side.BACK, self.cleaned_data.get("back")))
        return [(side, content_of(file)) for side, file in named if file]


class DocumentForm(ImageFields):
    """With the fields that a document of the type has."""

    holder = forms.CharField(label=_("Name"), max_length=120)
    identified_by = forms.ChoiceField(label=_("Their document"), choices=Document.IDENTIFYING)
    number = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    )
    mrz = forms.CharField(
        label=_("Line at the foot"),
        required=False,
        max_length=200,
        help_text=_("The second of the two lines that a machine reads: its check digits are tested. It is not kept."),
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )
    percent = forms.DecimalField(
        label=_("Share in percent"), required=False, max_digits=5, decimal_places=2, min_value=Decimal("0.01"), max_value=100
    )  # fmt: skip
    issuer = forms.CharField(label=_("Issuer"), required=False, max_length=120)
    valid_from = forms.DateField(label=_("Valid from"), required=False, widget=DateInput())
    valid_until = forms.DateField(
        label=pgettext_lazy("a document", "Valid until"), required=False, widget=DateInput(),
        help_text=_("The last day."),
    )  # fmt: skip
    is_endless = forms.BooleanField(label=_("Without end (long-term)"), required=False)
    field_order = ["holder", "identified_by", "number", "mrz", "percent", "issuer", "valid_from", "valid_until"]
    field_order += ["is_endless", "front", "back"]

    def __init__(self, *args: Any, type: str, renews: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = type
        self.fields["number"].required = renews is None
        if renews:
            self.fields["number"].help_text = _("Leave empty where it is the same.")
        for name in self._without():
            del self.fields[name]

    def _without(self) -> set[str]:
        gone = set()
        if self.type not in Document.OF_PEOPLE:
            gone |= {"holder", "identified_by"}
        if self.type != Document.Type.BENEFICIAL_OWNER:
            gone.add("percent")
        if self.type not in PASSPORTS:
            gone.add("mrz")
        if self.type in Document.ENDLESS:
            gone |= {"valid_until", "is_endless"}
        return gone

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "valid_until" in self.fields and "valid_until" in found:
            last, is_endless = found["valid_until"], found.get("is_endless")
            if not last and not is_endless:
                self.add_error("valid_until", _("Say the last day, or that it has none."))
            if last and is_endless:
                self.add_error("is_endless", _("It has a last day, or none."))
        return found

    def said(self) -> dict[str, Any]:
        """As the services take it."""
        typed = {"valid_until": None} | self.cleaned_data
        percent = typed.pop("percent", None)
        for name in ("is_endless", "front", "back"):
            typed.pop(name, None)
        return typed | {"share": percent / 100 if percent else None, "images": self.images()}


class AddImagesForm(ImageFields):
    """At least one of them."""


class CloseDocumentForm(forms.Form):
    closed_as = forms.ChoiceField(
        label=_("What became of it"),
        choices=[choice for choice in Document.Closing.choices if choice[0] != Document.Closing.REPLACED],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label=_("Reason"), max_length=300)
