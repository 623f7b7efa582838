"""What came of an import."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from customers.imports.messages import message_of

LISTED = 1_000


@dataclass(frozen=True)
class RowProblem:
    """`value` is masked; `message` is in the language of whoever asks."""

    row: int
    column: str
    code: str
    value: str = ""

    @property
    def message(self) -> str:
        return message_of(self.code)

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "code": self.code, "message": self.message}


@dataclass(frozen=True)
class Result:
    """rows = accepted + rejected; unchanged are among the accepted. `errors` are the first 1,000 of the run's."""

    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    unchanged: int = 0
    errors: list[RowProblem] = field(default_factory=list)
    run_id: int | None = None
    closed_through: date | None = None

    def as_json(self) -> dict[str, Any]:
        return self.counts() | {"errors": [problem.as_json() for problem in self.errors[:LISTED]]}

    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "unchanged": self.unchanged,
        }
