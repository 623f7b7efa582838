"""What can be imported: a table, its columns, and the steps around the write. Upper apps contribute to "import.kinds"."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from customers.imports.columns import Column


@dataclass
class Job:
    """What the steps of one import share."""

    kind: "Kind"
    given: set[str]  # columns of the file that the kind knows
    by_id: int | None
    today: date
    unknown: list[str] = field(default_factory=list)  # the other columns of the file
    names: dict[str, str] = field(default_factory=dict)  # field -> what the file calls it, where it was mapped

    @property
    def present(self) -> set[str]:
        """What is staged: the given columns, and those that are staged empty where the file has none."""
        return self.given | set(self.kind.always)

    @property
    def told(self) -> list[str]:
        """Staged beside the translated columns: what the file itself has there."""
        return [f"told_{column.name}" for column in self.kind.columns if column.told and column.name in self.given]

    @property
    def parameters(self) -> dict[str, Any]:
        return {"by": self.by_id, "today": self.today}


@dataclass
class Prepared:
    """A chunk that is ready to be staged, and what was wrong with cells that must not be staged as they are:
    (line, column, code, masked value)."""

    frame: pd.DataFrame
    errors: list[tuple[int, str, str, str]] = field(default_factory=list)


Step = Callable[[Job], int | None]


@dataclass(frozen=True)
class Kind:
    """`key` are file columns; a second row with the same key is a duplicate, and the key finds the row to update.

    `match` overrides the condition on `t` (the table) and `r` (the checked row) that finds it; `differs` adds
    conditions on what a step of its own writes. `defaults` fill what a new row has and the file has not; `computed`
    are written from expressions over the inner select, `extras` only kept beside the row. `touched` is set on each
    updated row, `touched_with` where the file has that column. `always` are staged even where the file lacks them.
    `messages` are the sentences of codes that only this kind has. `folds` make one row of rows that are one before keys are compared. `checks` add to import_bad what only a set can know; `before` runs when all is checked,
    `replacing` when it is known which rows are new or changed, `after` when they are written.
    """

    name: str
    label: str | Promise
    table: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    match: str = ""
    match_join: str = ""
    differs: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    computed: dict[str, str] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    touched: dict[str, str] = field(default_factory=dict)
    touched_with: dict[str, dict[str, str]] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    order: str = ""
    prepare: Callable[[pd.DataFrame], Prepared] | None = None
    derived: dict[str, tuple[Column, ...]] = field(default_factory=dict)
    folds: tuple[Step, ...] = ()
    checks: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    replacing: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    grows: bool = False  # for ever: its rows are looked up one by one, never all read
    perhaps: str = "true"  # where the table grows: which of the rows `r` may be in it already
    months_of: str = ""  # the day column whose months must have partitions
    is_internal: bool = False
    messages: dict[str, Promise] = field(default_factory=dict)
    grown: Callable[["Kind"], "Kind"] | None = None  # adds the columns that a bank declared itself

    @property
    def names(self) -> set[str]:
        return {column.name for column in self.columns}

    @property
    def required(self) -> set[str]:
        return {column.name for column in self.columns if column.required}

    def staged_columns(self, present: set[str]) -> list[Column]:
        """The columns of the stage: those of the file, and those that `prepare` makes of them."""
        staged: list[Column] = []
        for column in self.columns:
            if column.name in present:
                staged += [column, *self.derived.get(column.name, ())]
        return staged


def kinds() -> dict[str, Kind]:
    return {kind.name: kind for kind in contributions("import.kinds")}


def label_of_kind(name: str) -> str:
    """Of a kind that an app no longer brings, its name."""
    found = kinds().get(name)
    return str(found.label) if found else name


def kind_of(name: str) -> Kind:
    found = kinds()
    if name not in found:
        public = ", ".join(sorted(kind.name for kind in found.values() if not kind.is_internal))
        text = _("There is no kind %(name)s; there are %(names)s.")
        raise RuleBroken(text % {"name": name, "names": public}, field="kind", code="kind")
    kind = found[name]
    return kind.grown(kind) if kind.grown else kind
