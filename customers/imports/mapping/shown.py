"""A profile in words: each column of the file with what becomes of it."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import capfirst

from customers.imports.columns import Column, Word
from customers.imports.kinds import Kind
from customers.imports.mapping.amounts import NumberForm
from customers.imports.mapping.dates import DateForm
from customers.imports.mapping.definition import Assigned, Mapping
from customers.imports.mapping.labels import label_of


@dataclass(frozen=True)
class Line:
    """`becomes` is empty where the column is left out."""

    column: str
    becomes: str = ""
    form: str | Promise = ""
    words: list[tuple[str, str]] = field(default_factory=list)


def lines_of(kind: Kind, mapping: Mapping) -> list[Line]:
    """Those that become a field first."""
    known = {column.name: column for column in kind.columns}
    lines = [_line(kind, name, said, known.get(said.field)) for name, said in mapping.columns.items()]
    return sorted(lines, key=lambda line: not line.becomes)


def _line(kind: Kind, name: str, said: Assigned, column: Column | None) -> Line:
    if column is None:
        return Line(name, said.field)
    form = dict([*DateForm.choices, *NumberForm.choices]).get(said.date_form or said.number_form, "")
    words = [(word, _said(column, target)) for word, target in said.values.items()]
    return Line(name, capfirst(label_of(kind, column)), form, words)


def _said(column: Column, target: str) -> str:
    if isinstance(column, Word) and target in column.words:
        return str(column.labels[column.words.index(target)])
    return target or "–"
