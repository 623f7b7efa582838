"""A change rule in a form: what it looks for, at whom, and what it makes of it."""

from typing import Any

from segmentation.changes.definition import COMMON, OWN, Kind
from segmentation.editor import fields
from segmentation.editor.inputs import Drawn, draw
from segmentation.editor.problems import Wrong, change_problems
from segmentation.editor.ruled import RuledForm
from segmentation.rules import Purpose

# figures to begin with, by kind; a bank sets its own
MONEY: dict[str, Any] = {"amount": "100000", "days": 7, "quiet_days": 14}
TASK: dict[str, Any] = {"makes": "task", "due_days": 3}
STARTERS: dict[str, dict[str, Any]] = {
    Kind.INFLOW: TASK | MONEY | {"share": "0.20"},
    Kind.OUTFLOW: TASK | MONEY | {"share": "0.20"},
    Kind.LEFT: TASK | {"amount": "50000", "share": "0.50", "days": 30, "quiet_days": 30},
    Kind.TIER: TASK | {"moves": ["up", "down", "watch"]},
    Kind.MATURITY: TASK | {"days": 30},
    Kind.BIRTHDAY: TASK | {"days": 7},
    Kind.ADDRESS: TASK,
    Kind.JOB: TASK,
}


class ChangeForm(RuledForm):
    """Of the kind that is chosen, only what it asks for."""

    path = "change_rule"
    fields = fields.CHANGE
    purpose = Purpose.CHANGE
    is_optional = True

    @property
    def head_inputs(self) -> list[Drawn]:
        kind = self.head.get("kind")
        asked = COMMON | OWN.get(kind, set()) if isinstance(kind, str) else COMMON
        shown = tuple(field for field in self.fields if field.key in asked)
        return draw(shown, self.head, self.path, self.path, self.problems)

    def wrong(self) -> Wrong:
        return change_problems(self.content)
