"""What each app tells a customer of what it holds about them: slot "customer.subject".

A model with a foreign key to Customer is told (`Told`), or it is said why not (`Untold`): a test asks for one of the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from crm.base.slots import contributions
from customers.labels import OF_KIND

SLOT = "customer.subject"
CHUNK = 2_000
Text = str | Promise


@dataclass(frozen=True)
class Told:
    """Rows of `model` about the customers, found by `key`; `fields` are paths, each told under the name of its last field.

    `also` are models whose rows are told along; `names` are words for paths whose field has none that a customer knows.
    """

    name: str
    label: Text
    model: type[Model]
    fields: tuple[str, ...]
    key: str = "customer__in"
    only: Q = field(default_factory=Q)
    order: tuple[str, ...] = ("pk",)
    also: tuple[type[Model], ...] = ()
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def models(self) -> tuple[type[Model], ...]:
        return (self.model, *self.also)

    def rows(self, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
        found: QuerySet = self.model._default_manager.filter(self.only, **{self.key: ids}).order_by(*self.order)
        for row in found.values(*self.fields).iterator(chunk_size=CHUNK):
            yield self.told(row)

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row as the customer may read it."""
        return row

    def field_of(self, path: str) -> Any:
        model, *rest = self.model, *path.split("__")
        for name in rest:
            found = model._meta.get_field(name)
            model = found.related_model or model
        return found

    def labels(self, kind: str) -> dict[str, str]:
        """What each field is called of a customer of the kind, in the language that is active."""
        names = {**OF_KIND.get(kind, {}), **self.names}
        return {path: _upper(str(names.get(path) or self.field_of(path).verbose_name)) for path in self.fields}

    def words(self) -> dict[str, dict[str, str]]:
        """Of fields with choices, what each code means."""
        fields = {path: self.field_of(path) for path in self.fields}
        return {
            path: {str(code): str(text) for code, text in found.flatchoices}
            for path, found in fields.items()
            if getattr(found, "choices", None)
        }


@dataclass(frozen=True)
class Untold:
    """Models that are no part of the file, and why; a `because` that a customer is to read is said in it."""

    models: tuple[type[Model], ...]
    because: Text
    is_said: bool = False


def told() -> list[Told]:
    return [part for part in contributions(SLOT) if isinstance(part, Told)]


def untold() -> list[Untold]:
    return [part for part in contributions(SLOT) if isinstance(part, Untold)]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
