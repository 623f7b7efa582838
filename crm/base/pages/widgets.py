"""The classes that Tabler's style sheet wants on a filter's inputs: set once, instead of a template per field."""

from django.forms import (
    CheckboxInput,
    CheckboxSelectMultiple,
    Form,
    HiddenInput,
    MultiWidget,
    RadioSelect,
    Select,
    Widget,
)


def dressed(form: Form) -> Form:
    for field in form.fields.values():
        _dress(field.widget)
    return form


def _dress(widget: Widget) -> None:
    if isinstance(widget, MultiWidget):
        for part in widget.widgets:
            _dress(part)
    elif isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        widget.attrs.setdefault("class", "form-check-input")
    elif not isinstance(widget, HiddenInput):
        widget.attrs.setdefault("class", "form-select" if isinstance(widget, Select) else "form-control")
