"""A document of several lists in a form: their lines below one another, with their rules, every post keeping what was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crm.base.errors import RuleBroken
from segmentation.builder import RuleForm
from segmentation.builder.form import bare
from segmentation.editor import rows
from segmentation.editor.inputs import Field
from segmentation.editor.rows import Row
from segmentation.rules import Purpose
from segmentation.saying import currency_of


@dataclass(frozen=True)
class Group:
    """One list of the content: the word of its inputs, its key, its fields, what stands above it and on the button that adds a line, and
    whether a line may have a rule."""

    word: str
    key: str
    fields: tuple[Field, ...]
    heading: Any
    add: Any
    about: Any = ""
    is_ruled: bool = False


class ListsForm:
    """`content` is as it is proposed, wrong texts included. `path` is what refusals begin with."""

    path = ""

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.groups = self.grouped()
        self.lines = {
            group.key: [_split(line) for line in content.get(group.key, []) if isinstance(line, Mapping)]
            for group in self.groups
        }

    def grouped(self) -> tuple[Group, ...]:
        raise NotImplementedError

    def examine(self, content: dict[str, Any]) -> None:
        """Raises RuleBroken where it can't be proposed."""
        raise NotImplementedError

    @classmethod
    def read(cls, data: Any) -> "ListsForm":
        form = cls({})
        for group in form.groups:
            for number, row in enumerate(rows.read(data, group.word, group.fields)):
                rule = RuleForm.read(data, f"{group.word}-{number}-when", purpose=Purpose.SLA)
                form.lines[group.key].append((row, rule.tree if group.is_ruled and rule.node else None))
        return form

    def do(self, button: str) -> None:
        for group in self.groups:
            lines = self.lines[group.key]
            if rows.press(lines, group.word, button, ({}, None)):
                return
            for number, (row, when) in enumerate(lines):
                rule = self._rule(group, number)
                if group.is_ruled and rule.do(button):
                    when = rule.tree if rule.node else None
                lines[number] = (row, when)

    @property
    def content(self) -> dict[str, Any]:
        return {
            key: [row | ({"when": when} if when else {}) for row, when in lines] for key, lines in self.lines.items()
        }

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path: of every rule, and what is wrong first of the rest."""
        found: dict[str, str] = {}
        for group in self.groups:
            for number, (_row, when) in enumerate(self.lines[group.key]):
                found |= self._rule(group, number).refusals if when else {}
        if not found:
            try:
                self.examine(self.content)
            except RuleBroken as refusal:
                found[str(refusal.field)] = bare(refusal)
        return found

    def drawn(self, group: Group) -> list[Row]:
        pairs = [
            (row, self._rule(group, number) if when else None)
            for number, (row, when) in enumerate(self.lines[group.key])
        ]
        return rows.drawn(pairs, group.word, f"{self.path}.{group.key}", self.problems, rows.remembered(group.fields))

    def place_of(self, path: str) -> str:
        """ "service_levels.slas[1].solution_minutes" is in the row "sla-1", "service_levels.slas" under the heading "sla-title"."""
        words = {group.key: group.word for group in self.groups}
        found = re.match(rf"{self.path}\.(\w+)(?:\[(\d+)\])?", path)
        return f"{words.get(found[1] if found else '', self.groups[-1].word)}-{(found and found[2]) or 'title'}"

    def _rule(self, group: Group, number: int) -> RuleForm:
        _row, when = self.lines[group.key][number]
        return RuleForm.of(
            when, f"{group.word}-{number}-when", purpose=Purpose.SLA, path=f"{self.path}.{group.key}[{number}].when",
            currency=currency_of("person"), is_optional=True, is_small=True,
        )  # fmt: skip


def _split(line: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
    return {key: value for key, value in line.items() if key != "when"}, line.get("when")
