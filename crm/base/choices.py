"""What a model's choices are called, found by the value alone.

Django words every choice of a field each time that one of them is asked for, and a list asks fifty times.
"""

from functools import cache
from typing import Any

from django.db.models import Field, Model


@cache
def _labels(field: Field) -> dict[Any, Any]:
    return dict(field.flatchoices)


class ChoicesSaid(Model):
    """`get_<field>_display()` in the reader's language; a value that is no choice stands for itself."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Field) -> Any:
        value = getattr(self, field.attname)
        label = _labels(field).get(value, value)
        return label if label is None else str(label)
