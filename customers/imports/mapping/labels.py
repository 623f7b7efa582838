"""What the fields of a kind are called on screen: as the fields of the record that they fill."""

from functools import cache

from django.apps import apps
from django.db.models import Field

from customers.contacts import LABELS
from customers.imports.columns import Column
from customers.imports.kinds import Kind


@cache
def _fields(table: str) -> dict[str, Field]:
    model = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    found = list(model._meta.concrete_fields) if model else []
    return {field.name: field for field in found} | {field.attname: field for field in found}


def label_of(kind: Kind, column: Column) -> str:
    if column.label:
        return column.label
    fields = _fields(kind.table)
    field = fields.get(column.target) or fields.get(column.name)
    if field is None:
        return str(LABELS.get(column.name, column.name))
    # Django's guess for a relation is in English: it is called what it leads to
    guessed = field.remote_field and field._verbose_name is None  # type: ignore[attr-defined]
    return str(field.related_model._meta.verbose_name if guessed else field.verbose_name)
