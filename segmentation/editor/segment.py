"""A segment in a form: what it is called, where it stands, and its rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from segmentation.builder import RuleForm
from segmentation.editor import fields
from segmentation.editor.inputs import Drawn, draw, more, read
from segmentation.editor.problems import problems_of, segment_problems
from segmentation.rules import Purpose
from segmentation.saying import currency_of

PATH = "segment"
EMPTY: dict[str, Any] = {"priority": 100}


@dataclass(frozen=True)
class Alone:
    """The one row of a form that has no rows."""

    rule: RuleForm


class SegmentForm:
    """`content` is an entry of `segments` in a policy file, wrong texts included."""

    path = PATH
    template = "segmentation/editor/_segment.html"
    point_rows: tuple = ()

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.head = {key: value for key, value in content.items() if key != "when"}
        self.when = content.get("when")

    @classmethod
    def read(cls, data: Any) -> "SegmentForm":
        form = cls(read(data, PATH, fields.SEGMENT))
        rule = RuleForm.read(data, "when", purpose=Purpose.SEGMENT)
        form.when = rule.tree if rule.node else None
        return form

    def do(self, button: str) -> None:
        form = self.rule
        if form.do(button):
            self.when = form.tree if form.node else None

    @property
    def content(self) -> dict[str, Any]:
        return self.head | ({"when": self.when} if self.when else {})

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path."""
        is_retired = self.head.get("retired") is True
        found = dict(self.rule.refusals) if self.when or not is_retired else {}
        return found | problems_of(segment_problems(self.content), found)

    @property
    def rule(self) -> RuleForm:
        kind = self.head.get("customer_kind")
        kind = kind if isinstance(kind, str) and kind in dict(fields.kinds()) else ""
        options: dict[str, Any] = {
            "purpose": Purpose.SEGMENT, "path": f"{PATH}.when", "customer_kind": kind, "currency": currency_of(kind or "person"),
        }  # fmt: skip
        if self.when:
            return RuleForm.of(self.when, **options)
        is_retired = self.head.get("retired") is True
        return RuleForm(is_optional=True, **options) if is_retired else RuleForm.fresh(**options)

    @property
    def head_inputs(self) -> list[Drawn]:
        return draw(fields.SEGMENT, self.head, PATH, PATH, self.problems)

    @property
    def more(self) -> str:
        return more(self.head, fields.SEGMENT)

    @property
    def rows(self) -> list[Alone]:
        return [Alone(self.rule)]
