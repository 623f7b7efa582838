"""A policy that is a few fields and one rule, in a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from segmentation.builder import RuleForm
from segmentation.editor import fields
from segmentation.editor.inputs import Drawn, Field, draw, more, read
from segmentation.editor.problems import Wrong, problems_of
from segmentation.saying import currency_of


@dataclass(frozen=True)
class Alone:
    """The one row of a form that has no rows."""

    rule: RuleForm


class RuledForm:
    """`content` is an entry of a policy file, wrong texts included. What differs between policies, subclasses say."""

    path: str
    fields: tuple[Field, ...]
    purpose: str
    point_rows: tuple = ()
    template = "segmentation/editor/_ruled.html"

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.head = {key: value for key, value in content.items() if key != "when"}
        self.when = content.get("when")

    @classmethod
    def read(cls, data: Any) -> Self:
        form = cls(read(data, cls.path, cls.fields))
        rule = RuleForm.read(data, "when", purpose=cls.purpose)
        form.when = rule.tree if rule.node else None
        return form

    @property
    def is_optional(self) -> bool:
        """Whether it is one without a rule, too."""
        raise NotImplementedError

    def wrong(self) -> Wrong:
        """What is wrong beside the rule itself."""
        raise NotImplementedError

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
        found = dict(self.rule.refusals) if self.when or not self.is_optional else {}
        return found | problems_of(self.wrong(), found)

    @property
    def rule(self) -> RuleForm:
        kind = self.head.get("customer_kind")
        kind = kind if isinstance(kind, str) and kind in dict(fields.kinds()) else ""
        options: dict[str, Any] = {
            "purpose": self.purpose, "path": f"{self.path}.when", "customer_kind": kind,
            "currency": currency_of(kind or "person"),
        }  # fmt: skip
        if self.when:
            return RuleForm.of(self.when, is_optional=self.is_optional, **options)
        return RuleForm(is_optional=True, **options) if self.is_optional else RuleForm.fresh(**options)

    @property
    def head_inputs(self) -> list[Drawn]:
        return draw(self.fields, self.head, self.path, self.path, self.problems)

    @property
    def more(self) -> str:
        return more(self.head, self.fields)

    @property
    def rows(self) -> list[Alone]:
        return [Alone(self.rule)]
