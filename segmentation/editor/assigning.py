"""An assignment policy in a form: what each tier weighs, and rules that say whom which team looks after."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.identity.models import Branch, Team
from segmentation.builder import RuleForm
from segmentation.editor import fields, rows
from segmentation.editor.inputs import Choice, Drawn, Field, Several, Whole, draw, more, read
from segmentation.editor.problems import assigning_problems, problems_of
from segmentation.editor.rows import Row
from segmentation.managed.definition import PATH
from segmentation.rules import Purpose
from segmentation.saying import currency_of

WORD = "assigning"


def _own_or(model: Any, empty: Any) -> Any:
    return lambda: [("", empty), *model.objects.values_list("code", "name")]


HEAD: tuple[Field, ...] = (
    Whole("max_moves", _("Moves a night"), _("At most; empty: 50.")),
    Whole(
        "threshold",
        _("Moves from"),
        _("Over the level of the team; empty: 20."),
        unit=_("points"),
    ),
)
WEIGHT: tuple[Field, ...] = (
    Choice("tier", _("Tier"), choices=fields.tiers),
    Whole("weight", _("Weight"), width="short"),
)
RULE: tuple[Field, ...] = (
    Field("name", _("Name")),
    Choice("customer_kind", _("Customer kind"), choices=lambda: [("", "–"), *fields.kinds()]),
    Choice("branch", _("Looked after by"), choices=_own_or(Branch, _("their own branch"))),
    Choice("team", _("or by the team"), choices=_own_or(Team, "–")),
    Several("tiers", _("Tiers"), choices=fields.tiers),
)


class AssigningForm:
    """`content` is what a policy file says under "assignment_policy", wrong texts included."""

    path = PATH
    template = "segmentation/editor/_assigning.html"

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.head = {key: value for key, value in content.items() if key not in ("weights", "rules")}
        self.weights = _mappings(content.get("weights"))
        self.managed = [
            ({key: value for key, value in row.items() if key != "when"}, row.get("when"))
            for row in _mappings(content.get("rules"))
        ]

    @classmethod
    def read(cls, data: Any) -> "AssigningForm":
        form = cls(read(data, WORD, HEAD))
        form.weights = rows.read(data, "weight", WEIGHT)
        for number, row in enumerate(rows.read(data, "rule", RULE)):
            rule = RuleForm.read(data, f"rule-{number}-when", purpose=Purpose.ASSIGNMENT)
            form.managed.append((row, rule.tree if rule.node else None))
        return form

    def do(self, button: str) -> None:
        if rows.press(self.weights, "weight", button, {}) or rows.press(self.managed, "rule", button, ({}, None)):
            return
        for number, (row, when) in enumerate(self.managed):
            form = self.rule(number)
            if form.do(button):
                when = form.tree if form.node else None
            self.managed[number] = (row, when)

    @property
    def content(self) -> dict[str, Any]:
        rules = [row | ({"when": when} if when else {}) for row, when in self.managed]
        return self.head | {"weights": self.weights, "rules": rules}

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path."""
        found: dict[str, str] = {}
        for number, (_row, when) in enumerate(self.managed):
            if when:
                found |= self.rule(number).refusals
        return found | problems_of(assigning_problems(self.content), found)

    def rule(self, number: int) -> RuleForm:
        row, when = self.managed[number]
        kind = row.get("customer_kind")
        kind = kind if isinstance(kind, str) and kind in dict(fields.kinds()) else ""
        return RuleForm.of(
            when,
            f"rule-{number}-when",
            purpose=Purpose.ASSIGNMENT,
            path=f"{PATH}.rules[{number}].when",
            customer_kind=kind,
            currency=currency_of(kind or "person"),
            is_optional=True,
            is_small=True,
        )

    @property
    def head_inputs(self) -> list[Drawn]:
        return draw(HEAD, self.head, WORD, PATH, self.problems)

    @property
    def more(self) -> str:
        return more(self.head, HEAD)

    @property
    def rows(self) -> list[Row]:
        pairs = [(row, self.rule(number) if when else None) for number, (row, when) in enumerate(self.managed)]
        return rows.drawn(pairs, "rule", f"{PATH}.rules", self.problems, rows.remembered(RULE))

    @property
    def weight_rows(self) -> list[Row]:
        pairs: list[tuple[dict[str, Any], RuleForm | None]] = [(row, None) for row in self.weights]
        return rows.drawn(pairs, "weight", f"{PATH}.weights", self.problems, rows.remembered(WEIGHT))


def _mappings(written: Any) -> list[dict[str, Any]]:
    return [dict(row) if isinstance(row, Mapping) else {} for row in (written if isinstance(written, list) else [])]
