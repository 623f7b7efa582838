"""What each app takes away when a customer is erased: slot "customer.erasure".

A model with a foreign key to Customer is taken (`Deleted`, `Blanked`, `Owned`), or it is said why it may stay (`Kept`):
a test asks for one of the two. Rows that the serving role may not change are taken by a function of the schema's owner,
which asks the database itself whether the erasure was approved (`Owned`, docs/adr/0110).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contributions
from customers.models import Erasure

SLOT = "customer.erasure"
Text = str | Promise


class Category(models.TextChoices):
    """What a law may keep is kept by category: the first is sealed, the next two stay in their place, out of sight."""

    IDENTITY = "identity", _("Who the customer is, and contact data")
    LEDGER = "ledger", _("What accounts and movements tell of others")
    PAPERS = "papers", _("Id documents and their pictures")
    CONDUCT = "conduct", _("What was said and noted")
    PROFILE = "profile", _("Preferences and offers")
    TRAIL = "trail", _("Names in the trail, in proposals and alerts")


@dataclass(frozen=True)
class Subject:
    """Who is erased: all records of the person, and the pattern of the words that tell of them (words.py)."""

    erasure: Erasure
    ids: Sequence[int]
    pattern: str | None


# what stays where it is, out of everybody's reach, while a law keeps it, and goes with the seal
IN_PLACE = (Category.LEDGER, Category.PAPERS)


class Part(Protocol):
    """`rows(ids)` are what is taken, or None where that is not counted; `take` does it, all in the caller's transaction."""

    label: Text
    category: Category

    @property
    def models(self) -> tuple[type[Model], ...]: ...
    def rows(self, ids: Sequence[int]) -> QuerySet | None: ...
    def take(self, subject: Subject) -> None: ...


@dataclass(frozen=True)
class Rows:
    label: Text
    category: Category
    model: type[Model]
    key: str = "customer__in"
    only: Q = field(default_factory=Q)

    @property
    def models(self) -> tuple[type[Model], ...]:
        return (self.model,)

    def rows(self, ids: Sequence[int]) -> QuerySet:
        return self.model._default_manager.filter(self.only, **{self.key: ids}).order_by()


class Deleted(Rows):
    """The rows go."""

    def take(self, subject: Subject) -> None:
        self.rows(subject.ids).delete()


@dataclass(frozen=True)
class Blanked(Rows):
    """The rows stay, with nothing in these fields."""

    fields: tuple[str, ...] = ()

    def take(self, subject: Subject) -> None:
        self.rows(subject.ids).update(**{name: nothing(self.model, name) for name in self.fields})


@dataclass(frozen=True)
class Owned(Rows):
    """Taken by the owner's `function(erasure, words)`, which is called once, whoever names it."""

    function: str = ""

    def take(self, subject: Subject) -> None:
        """With the function, after all others."""


@dataclass(frozen=True)
class Kept:
    """Models whose rows stay as they are, and why they name nobody."""

    models: tuple[type[Model], ...]
    because: Text


def nothing(model: type[Model], name: str) -> Any:
    """What a field holds when it holds nothing."""
    field = model._meta.get_field(name)
    if field.null:
        return None
    return {} if isinstance(field, models.JSONField) else ""


def parts() -> list[Any]:
    """All that is taken; what laws may keep comes first."""
    order = list(Category)
    found = [part for part in contributions(SLOT) if not isinstance(part, Kept)]
    return sorted(found, key=lambda part: order.index(part.category))


def kept() -> list[Kept]:
    return [part for part in contributions(SLOT) if isinstance(part, Kept)]


def functions() -> list[str]:
    """Of the owner, each once."""
    return list(dict.fromkeys(part.function for part in parts() if isinstance(part, Owned)))
