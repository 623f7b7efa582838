"""The filters that are on, each with the address of the list without it."""

from dataclasses import dataclass
from typing import Any

from django.forms import BooleanField, ChoiceField, Field, Form, HiddenInput
from django.http import QueryDict
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Chip:
    label: str
    value: str
    url: str


def chips_of(form: Form, asked: QueryDict) -> list[Chip]:
    if not form.is_bound:
        return []
    form.is_valid()
    return [
        Chip(str(field.label or name), _said(field, form.cleaned_data[name]), _without(asked, name))
        for name, field in form.fields.items()
        if _is_on(form.cleaned_data.get(name)) and not isinstance(field.widget, HiddenInput)
    ]


def _is_on(value: Any) -> bool:
    if isinstance(value, slice):
        return value.start is not None or value.stop is not None
    return value is not None and value != "" and (not hasattr(value, "__len__") or len(value) > 0)


def _without(asked: QueryDict, name: str) -> str:
    """The query without the field; a range field has parts, `amount_min` and the like."""
    left = asked.copy()
    parts = {name, *(f"{name}_{part}" for part in ("min", "max", "after", "before"))}
    for key in parts | {"cursor"}:
        left.pop(key, None)
    return f"?{left.urlencode()}"


def _said(field: Field, value: Any) -> str:
    if isinstance(value, slice):
        ends = ["" if end is None else _said(field, end) for end in (value.start, value.stop)]
        return " – ".join(ends)
    if isinstance(field, BooleanField) or isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(_said(field, one) for one in value)
    if hasattr(value, "model") and hasattr(value, "all"):
        return ", ".join(map(str, value))
    if isinstance(field, ChoiceField) and not hasattr(field, "queryset"):
        return str(dict(_flat(field.choices)).get(value, value))
    if hasattr(value, "strftime"):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(localize(value))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    found = []
    for value, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(value, label), (str(value), label)]
    return found
