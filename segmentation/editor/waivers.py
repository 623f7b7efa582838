"""A waiver policy in a form: the ceiling, and a grid of tier, fee, percent, caps and condition."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from segmentation.builder import RuleForm
from segmentation.editor import fields, rows
from segmentation.editor.inputs import Drawn, draw, more, read
from segmentation.editor.problems import policy_problems, problems_of
from segmentation.rules import Purpose

PATH = "waiver_policy"
EMPTY: dict[str, Any] = {"ceiling": "0.50", "lines": []}


class WaiverForm:
    """`content` is what a policy file says under "waiver_policy", wrong texts included."""

    path = PATH
    word = "line"
    template = "segmentation/editor/_waivers.html"

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        lines = content.get("lines")
        self.head = {key: value for key, value in content.items() if key != "lines"}
        own = [line if isinstance(line, Mapping) else {} for line in (lines if isinstance(lines, list) else [])]
        self.lines = [({key: value for key, value in line.items() if key != "when"}, line.get("when")) for line in own]

    @classmethod
    def read(cls, data: Any) -> "WaiverForm":
        form = cls(read(data, "policy", fields.POLICY))
        for number, line in enumerate(rows.read(data, cls.word, fields.LINE)):
            rule = RuleForm.read(data, f"line-{number}-when", purpose=Purpose.WAIVER)
            form.lines.append((line, rule.tree if rule.node else None))
        return form

    def do(self, button: str) -> None:
        """A new line waives for the same tier as the one before it."""
        last = self.lines[-1][0] if self.lines else {}
        new = {key: last[key] for key in ("tier", "currency") if key in last}
        if rows.press(self.lines, self.word, button, (new, None)):
            return
        for number, (line, when) in enumerate(self.lines):
            form = self.rule(number)
            if form.do(button):
                when = form.tree if form.node else None
            self.lines[number] = (line, when)

    @property
    def content(self) -> dict[str, Any]:
        return self.head | {"lines": [line | ({"when": when} if when else {}) for line, when in self.lines]}

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path."""
        found: dict[str, str] = {}
        for number, (_line, when) in enumerate(self.lines):
            if when:
                found |= self.rule(number).refusals
        return found | problems_of(policy_problems(self.content), found)

    def rule(self, number: int) -> RuleForm:
        line, when = self.lines[number]
        currency = line.get("currency", "")
        return RuleForm.of(
            when,
            f"line-{number}-when",
            purpose=Purpose.WAIVER,
            path=f"{PATH}.lines[{number}].when",
            currency=currency if isinstance(currency, str) else "",
            is_optional=True,
            is_small=True,
        )

    @property
    def head_inputs(self) -> list[Drawn]:
        return draw(fields.POLICY, self.head, "policy", PATH, self.problems)

    @property
    def more(self) -> str:
        return more(self.head, fields.POLICY)

    @property
    def rows(self) -> list[rows.Row]:
        pairs = [(line, self.rule(number) if when else None) for number, (line, when) in enumerate(self.lines)]
        return rows.drawn(pairs, "line", f"{PATH}.lines", self.problems, rows.remembered(fields.LINE))
