"""The page of a form of the catalogue, made of its fields."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput
from customers.models import Customer
from service.requests.answers import LONGEST, accounts_of, products_of
from service.requests.definition import Field, Form
from service.requests.words import FieldType, Identity

CURRENCY = "currency"


class AnswersForm(forms.Form):
    """What each field may hold the service says; here it is only asked. An amount has its currency in an input of its own."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, form: Form, customer: Customer, asks_document: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form
        self.fields["once"].initial = uuid4
        for field in form.fields:
            self.fields |= _inputs(field, customer)
        if asks_document:
            is_asked = form.identity == Identity.DOCUMENT
            self.fields["document"] = forms.CharField(
                label=_("Number of the id document that the customer shows"), max_length=40, required=is_asked,
                widget=forms.TextInput({"autocomplete": "off"}),
                help_text=_("All of it, as it stands on the document. It is compared and not kept."),
            )  # fmt: skip

    @property
    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        found: dict[str, Any] = {field.code: said.get(field.code, "") for field in self.form.fields}
        for field in self.form.fields:
            if field.type == FieldType.AMOUNT and found[field.code]:
                currency = said.get(f"{field.code}_{CURRENCY}") or field.words[0]
                found[field.code] = {"amount": found[field.code], "currency": currency}
        return found


def _inputs(field: Field, customer: Customer) -> dict[str, forms.Field]:
    said: dict[str, Any] = {"label": _t(field.label), "required": not field.is_optional}
    empty = [("", "–")]
    match field.type:
        case FieldType.DATE:
            return {field.code: forms.CharField(widget=DateInput(), **said)}
        case FieldType.ACCOUNT:
            rows = [
                (each.number, f"{each.number} · {each.product} · {each.currency}") for each in accounts_of(customer)
            ]
            return {field.code: forms.ChoiceField(choices=[*empty, *rows], **said)}
        case FieldType.PRODUCT:
            products = [(each.code, f"{each.name} · R{each.risk}") for each in products_of(field)]
            return {field.code: forms.ChoiceField(choices=[*empty, *products], **said)}
        case FieldType.CHOICE:
            return {
                field.code: forms.ChoiceField(choices=[*empty, *((word, _t(word)) for word in field.words)], **said)
            }
        case FieldType.AMOUNT:
            return _amount(field, said)
    return {field.code: forms.CharField(max_length=LONGEST, **said)}


def _amount(field: Field, said: dict[str, Any]) -> dict[str, forms.Field]:
    written = forms.TextInput({"class": "figure text-end", "inputmode": "decimal", "autocomplete": "off"})
    if len(field.words) == 1:
        said["label"] = f"{said['label']} ({field.words[0]})"
        return {field.code: forms.CharField(max_length=24, widget=written, **said)}
    currencies = forms.ChoiceField(
        label=_("Currency: %(name)s") % {"name": said["label"]}, choices=[(word, word) for word in field.words]
    )
    return {field.code: forms.CharField(max_length=24, widget=written, **said), f"{field.code}_{CURRENCY}": currencies}


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(VersionForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))
