"""The documents that a new customer brings along: typed into the same form, on file with the record, or neither."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from customers.documents.forms import ImageFields
from customers.forms import DateInput
from customers.models import Customer, Document

Type = Document.Type
IMAGES = ("front", "back")
# beside which fields of the form it is said what is wrong with a document
WHOLE = {"number": "national_id", "type": "document_type", "valid_from": "valid_until", "valid_until": "valid_until",
         "issuer": "issuer", "images": "front"}  # fmt: skip
REPRESENTATIVE = {"number": "representative_number", "holder": "representative", "identified_by": "representative_type"}
LICENCE = {"number": "financial_licence"}


@dataclass(frozen=True)
class Paper:
    """A document as `record_document` takes it."""

    said: Mapping[str, Any]
    places: Mapping[str, str]

    @contextmanager
    def beside(self) -> Iterator[None]:
        try:
            yield
        except RuleBroken as refusal:
            refusal.field = self.places.get(refusal.field or "")
            raise


class PaperFields(ImageFields):
    document_type = forms.ChoiceField(
        label=_("Type of document"), required=False, initial=Type.RESIDENT_ID,
        choices=[choice for choice in Document.IDENTIFYING if choice[0] != Type.HOUSEHOLD_REGISTER],
    )  # fmt: skip
    issuer = forms.CharField(label=_("Issuer"), required=False, max_length=120)
    valid_until = forms.DateField(
        label=pgettext_lazy("a document", "Valid until"), required=False, widget=DateInput(),
        help_text=_("With its last day, or without an end, the document goes on file."),
    )  # fmt: skip
    is_endless = forms.BooleanField(label=_("Without end (long-term)"), required=False)
    financial_licence = forms.CharField(label=_("Number of the financial licence"), required=False, max_length=40)
    representative = forms.CharField(label=_("Name of the legal representative"), required=False, max_length=120)
    representative_type = forms.ChoiceField(
        label=_("Their document"), required=False, initial=Type.RESIDENT_ID, choices=Document.IDENTIFYING
    )
    representative_number = forms.CharField(label=_("Number of their document"), required=False, max_length=40)

    def check_validity(self) -> None:
        """Nothing that was brought is dropped: a company's issuer goes with its credit code, which has no last day."""
        typed = self.cleaned_data
        if typed.get("valid_until") and typed.get("is_endless"):
            self.add_error("is_endless", gettext("It has a last day, or none."))
        is_pictured = any(typed.get(side) for side in IMAGES)
        is_whole = is_pictured or (typed.get("issuer") and typed.get("kind") == Customer.Kind.PERSON)
        if is_whole and not self._has_days() and "valid_until" not in self.errors:
            self.add_error("valid_until", gettext("Say the last day of the document, or that it has no end."))
        if (is_pictured or typed.get("issuer") or self._has_days()) and not typed.get("national_id"):
            self.add_error("national_id", gettext("Say the number of the document."))

    def papers(self) -> list[Paper]:
        """A number without a last day is kept among the contact data, and no document is on file; but a credit code has none."""
        typed = self.cleaned_data
        found: list[Paper | None] = [self._person()] if typed["kind"] == Customer.Kind.PERSON else [*self._company()]
        if typed.get("representative") or typed.get("representative_number"):
            said = self._said(Type.LEGAL_REPRESENTATIVE, typed["representative_number"], valid_until=None)
            person = {"holder": typed["representative"], "identified_by": typed["representative_type"]}
            found.append(Paper(said | person, REPRESENTATIVE))
        if number := typed.get("financial_licence"):
            found.append(Paper(self._said(Type.FINANCIAL_LICENCE, number, valid_until=None), LICENCE))
        return [paper for paper in found if paper]

    def _person(self) -> Paper | None:
        typed = self.cleaned_data
        if not typed["national_id"] or not self._has_days():
            return None
        said = self._said(typed["document_type"] or Type.RESIDENT_ID, typed["national_id"], issuer=typed["issuer"])
        return Paper(said | {"images": self.images()}, WHOLE)

    def _company(self) -> Iterator[Paper]:
        code, issuer = self.cleaned_data["national_id"], self.cleaned_data["issuer"]
        if code:
            yield Paper(self._said(Type.CREDIT_CODE, code, issuer=issuer, valid_until=None), WHOLE)
        if code and self._has_days():
            yield Paper(self._said(Type.LICENCE, code, issuer=issuer) | {"images": self.images()}, WHOLE)

    def _said(self, type_: str, number: str, **more: Any) -> dict[str, Any]:
        return {"type": type_, "number": number, "valid_until": self.cleaned_data.get("valid_until")} | more

    def _has_days(self) -> bool:
        return bool(self.cleaned_data.get("valid_until") or self.cleaned_data.get("is_endless"))


PAPER_FIELDS = frozenset(PaperFields.base_fields)
