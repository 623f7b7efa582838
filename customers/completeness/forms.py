"""The answer to one question, in the field of the record's own form."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django import forms

from customers.completeness.fields import Wanted
from customers.forms.records import ContactFields, FieldsForm
from customers.models import Customer

PREFIX = "answer_"
FIELDS = FieldsForm.base_fields | ContactFields.base_fields


def field_for(wanted: Wanted, *, required: bool) -> forms.Field:
    """Without the value of now: who asks does not lead."""
    field = deepcopy(FIELDS[wanted.name])
    field.label, field.required = wanted.label, required
    field.initial = None
    if isinstance(field, forms.TypedChoiceField):
        model_field: Any = Customer._meta.get_field(wanted.name)
        field.choices = [("", "---------"), *model_field.choices]
    return field


def ask_in(form: forms.Form, asked: Iterable[Wanted]) -> None:
    """Adds a field for each question; whoever does not get an answer leaves it empty."""
    for wanted in asked:
        form.fields[PREFIX + wanted.name] = field_for(wanted, required=False)


def taken_answers(said: dict[str, Any]) -> dict[str, Any]:
    """The answers that were typed, taken out of what a form says."""
    answers = {name: said.pop(name) for name in list(said) if name.startswith(PREFIX)}
    return {name.removeprefix(PREFIX): value for name, value in answers.items() if value not in (None, "")}


class AnswerForm(forms.Form):
    """`value` is what the customer said; `version` that of the customer who was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, wanted: Wanted, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = field_for(wanted, required=True)
