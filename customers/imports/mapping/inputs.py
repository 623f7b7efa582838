"""The inputs of the mapping page beside one column of the file: its field, its form, and what its words become."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customers.imports.columns import PLAIN, Column, Number, Reference, Word
from customers.imports.days import Day
from customers.imports.kinds import Kind
from customers.imports.mapping.amounts import NumberForm
from customers.imports.mapping.checking import takes_values
from customers.imports.mapping.dates import DateForm
from customers.imports.mapping.definition import ASK, Assigned
from customers.imports.mapping.labels import label_of
from customers.imports.mapping.suggesting import open_words
from customers.imports.mapping.survey import Seen
from customers.imports.mapping.words import NAMED
from customers.imports.masking import shown_as

EMPTY = "-"  # typed, it leaves the field empty
CHOSEN = "="  # stands before a chosen word, so that a chosen nothing differs from no choice
OFFERED = 300  # codes

Option = tuple[str, Any]


@dataclass(frozen=True)
class WordInput:
    """A word of the file with its target: chosen where `options` has some, else typed."""

    name: str
    text: str
    count: int
    value: str
    options: list[Option] = field(default_factory=list)


@dataclass
class ColumnInput:
    kind: Kind
    place: int
    seen: Seen
    said: Assigned
    why: str = ""
    problems: list[str] = field(default_factory=list)

    @cached_property
    def column(self) -> Column | None:
        return next((column for column in self.kind.columns if column.name == self.said.field), None)

    @property
    def samples(self) -> list[str]:
        """Masked by what they look like, and by what they are to become; words that are listed anyway are not."""
        mask, listed = self.column.mask if self.column else PLAIN, {word.text for word in self.words}
        return [text if text in listed else shown_as(mask, text) for text in self.seen.samples]

    @property
    def date_forms(self) -> list[Option]:
        return self._forms(DateForm) if isinstance(self.column, Day) else []

    @property
    def number_forms(self) -> list[Option]:
        return self._forms(NumberForm) if isinstance(self.column, Number) else []

    def _forms(self, forms: Any) -> list[Option]:
        """The first is that of a file without mapping."""
        asked = [(ASK, _("Choose …"))] if ASK in (self.said.date_form, self.said.number_form) else []
        return [*asked, *forms.choices]

    @cached_property
    def words(self) -> list[WordInput]:
        """The words of the file that the field does not take as they stand."""
        column = self.column
        if column is None or not takes_values(column) or (isinstance(column, Number) and self.seen.more):
            return []
        options = self._targets(column)
        still_open = set(open_words(column, self.said.number_form, self.seen.words))
        return [
            WordInput(f"v-{self.place}-{number}", word, count, self._value(column, word), options)
            for number, (word, count) in enumerate(self.seen.values)
            if word in self.said.values or word in still_open
        ]

    @property
    def is_unlisted(self) -> bool:
        """A field of a few words, in a column that has none to show."""
        return isinstance(self.column, Word) and bool(self.seen.samples) and not self.seen.values

    @property
    def more(self) -> int:
        return self.seen.more if self.words else 0

    @property
    def datalist(self) -> str:
        """The list of codes that may be typed."""
        return self.column.table if isinstance(self.column, Reference) and self.column.table in NAMED else ""

    def _targets(self, column: Column) -> list[Option]:
        if not isinstance(column, Word):
            return []
        empty = [] if column.required else [(CHOSEN, _("leave it empty"))]
        words = [(f"{CHOSEN}{word}", label) for word, label in zip(column.words, column.labels, strict=True)]
        return [("", _("nothing: its rows are rejected")), *words, *empty]

    def _value(self, column: Column, word: str) -> str:
        target = self.said.values.get(word)
        if target is None:
            return ""
        return f"{CHOSEN}{target}" if isinstance(column, Word) else (target or EMPTY)


def target_of(column: Column, typed: str) -> str | None:
    """What was chosen or typed, "" for an empty field; None for no target."""
    if isinstance(column, Word):
        return typed.removeprefix(CHOSEN) if typed.startswith(CHOSEN) else None
    typed = typed.strip()
    return "" if typed == EMPTY else (typed or None)


def fields_of(kind: Kind) -> list[tuple[str, str, bool]]:
    """Name, label, and whether it must be there."""
    return [(column.name, capfirst(label_of(kind, column)), column.required) for column in kind.columns]


def codes_of(tables: set[str]) -> dict[str, list[Option]]:
    """By table, the codes that may be typed, with the names that they stand for."""
    return {
        table: list(NAMED[table]._default_manager.order_by("code").values_list("code", "name")[:OFFERED])
        for table in sorted(tables)
    }
