"""What becomes of each column of a file: its field, and how its cells are read. As JSON it is what a profile keeps."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ASK = "?"  # where more than one form is possible and nobody has said which


@dataclass(frozen=True)
class Assigned:
    """A column without a field is left out. `values` are the file's words and what they become, "" an empty cell.

    `date_form` and `number_form` are members of `DateForm` and `NumberForm`; "" is the form of a file without mapping.
    """

    field: str = ""
    values: dict[str, str] = dataclasses.field(default_factory=dict)
    date_form: str = ""
    number_form: str = ""

    def as_json(self) -> dict[str, Any]:
        more = {"values": self.values, "date_form": self.date_form, "number_form": self.number_form}
        return {"field": self.field} | {name: said for name, said in more.items() if said}


@dataclass(frozen=True)
class Mapping:
    """By the name of the file's column."""

    columns: dict[str, Assigned]

    @classmethod
    def of(cls, columns: dict[str, dict[str, Any]]) -> "Mapping":
        return cls({name: Assigned(**said) for name, said in columns.items()})

    def as_json(self) -> dict[str, dict[str, Any]]:
        return {name: said.as_json() for name, said in self.columns.items()}

    @property
    def taken(self) -> dict[str, str]:
        """Column of the file -> field, of those that become one."""
        return {name: said.field for name, said in self.columns.items() if said.field}

    @property
    def told(self) -> dict[str, str]:
        """Field -> column of the file."""
        return {field: name for name, field in self.taken.items()}

    def lacks(self, header: Iterable[str]) -> list[str]:
        """The columns that become fields and that a file with this header does not have."""
        return sorted(set(self.taken) - set(header))

    def fits(self, header: Iterable[str]) -> bool:
        """Whether a file with this header has the same columns, those that are left out too."""
        return set(self.columns) == set(header)


def mapping_of(columns: dict[str, dict[str, Any]]) -> Mapping | None:
    """That of a batch; None where the file's columns are named like the fields."""
    return Mapping.of(columns) if columns else None
