"""What the templates need to draw a rule: each place with its inputs, and the words to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from segmentation.builder.nodes import IS_KNOWN, Kind, Node
from segmentation.rules import FIELDS, Field, Op, Purpose, Type, Unknown
from segmentation.rules.registry import Sensitivity, Unit

if TYPE_CHECKING:
    from segmentation.builder.form import RuleForm

Choices = list[tuple[str, str | Promise]]
GROUPS: dict[str, str | Promise] = {
    Type.MONEY: _("Money"),
    Type.NUMBER: _("Numbers"),
    Type.INTEGER: _("Numbers"),
    Type.DATE: _("Relationship"),
    Type.TEXT: _("Relationship"),
    Type.CHOICE: _("Relationship"),
    Type.BOOLEAN: _("Relationship"),
}
CLOSED = _("May not set a price")
PERSONAL = _("Personal data")
UNKNOWN: Choices = [
    (str(Unknown.FALSE), _("unknown: not met")),
    (str(Unknown.TRUE), _("unknown: met")),
    (str(Unknown.ERROR), _("unknown: error")),
]
SYMBOLS = {Op.EQ: "=", Op.NE: "≠", Op.LT: "<", Op.LE: "≤", Op.GT: ">", Op.GE: "≥"}


@dataclass
class Drawn:
    """A place of the rule. `name` begins the names and ids of its inputs; `wrong` has what stands beside each."""

    form: "RuleForm"
    node: Node
    name: str
    marks: dict[str, str]
    parts: list["Drawn"] = field(default_factory=list)
    depth: int = 0
    is_root: bool = False
    in_group: bool = False
    may_rise: bool = False
    may_sink: bool = False

    @property
    def is_test(self) -> bool:
        return self.node.kind == Kind.TEST

    @property
    def is_not(self) -> bool:
        return self.node.kind == Kind.NOT

    @property
    def wrong(self) -> dict[str, str]:
        return {part: self.marks.get(f"{self.name}-{part}", "") for part in ("field", "op", "value", "unknown")}

    @property
    def wrong_here(self) -> str:
        """Of the whole place; for a condition whatever is wrong with it."""
        own = self.marks.get(self.name, "")
        return own or next((text for text in self.wrong.values() if text), "") if self.is_test else own

    @property
    def is_blank(self) -> bool:
        """Nothing was typed yet: that is no mistake."""
        return self.is_test and self.widget != "none" and not any(self.node.values)

    @property
    def has_focus(self) -> bool:
        return self.name == self.form.focus

    @property
    def field(self) -> Field | None:
        return FIELDS.get(self.node.name)

    @property
    def label(self) -> Any:
        return self.field.label if self.field else self.node.name

    @cached_property
    def widget(self) -> str:
        """Which input the value is typed into."""
        if self.node.op in (Op.IS_NULL, IS_KNOWN):
            return "none"
        several = self.node.op in (Op.IN, Op.NOT_IN)
        choices = self.value_choices
        if choices:
            return "ticks" if several else "choice"
        if several:
            return "lines"
        kind = self.field.type if self.field else Type.TEXT
        return {Type.DATE: "date", Type.TEXT: "text"}.get(kind, "number")  # type: ignore[call-overload]  # of all types

    @property
    def value_choices(self) -> Choices:
        if self.field and self.field.type == Type.BOOLEAN:
            return [("true", _("yes")), ("false", _("no"))]
        return list(self.field.choices) if self.field else []

    @property
    def is_range(self) -> bool:
        return self.node.op == Op.BETWEEN

    @property
    def upper_value(self) -> str:
        return self.node.values[1] if len(self.node.values) > 1 else ""

    @property
    def lines(self) -> str:
        return "\n".join(self.node.values)

    @property
    def rows(self) -> int:
        return min(max(len(self.node.values), 2), 8)

    @property
    def unit(self) -> Any:
        if self.field is None or self.field.unit == Unit.NONE:
            return ""
        return self.form.currency if self.field.unit == Unit.CURRENCY else self.field.unit.label

    @property
    def is_lookup(self) -> bool:
        return self.node.name == "branch"

    @property
    def field_groups(self) -> list[tuple[Any, Choices]]:
        groups: dict[Any, Choices] = {}
        for each in (*FIELDS.values(), *self.form.declared):
            groups.setdefault(_group_of(each, self.form.purpose), []).append((each.name, each.label))
        return list(groups.items())

    @property
    def ops(self) -> Choices:
        is_ordered = self.field is None or self.field.type.is_ordered
        fit = [op for op in Op if is_ordered or op not in (Op.LT, Op.LE, Op.GT, Op.GE, Op.BETWEEN)]
        return [*((str(op), op.label) for op in fit), (IS_KNOWN, _("is known"))]

    @property
    def has_op(self) -> bool:
        return self.node.op in dict(self.ops)

    @property
    def unknowns(self) -> Choices:
        return UNKNOWN

    @property
    def words(self) -> Choices:
        return [(str(Kind.ALL), Kind.ALL.label), (str(Kind.ANY), Kind.ANY.label)]


def _group_of(each: Field, purpose: str) -> Any:
    """Fields closed to prices are offered too: who chooses one is told why not."""
    if Purpose(purpose).sets_prices and not each.may_set_prices:
        return CLOSED
    if each.sensitivity != Sensitivity.BUSINESS:
        return PERSONAL
    return each.family or GROUPS[each.type]


def drawn(form: "RuleForm") -> Drawn:
    assert form.node is not None
    marks = form.marks
    return _drawn(form, form.node, form.prefix, marks, is_root=True)


def _drawn(form: "RuleForm", node: Node, name: str, marks: dict[str, str], **about: Any) -> Drawn:
    shown = Drawn(form, node, name, marks, **about)
    last = len(node.parts) - 1
    leads_out = shown.in_group
    shown.parts = [
        _drawn(
            form,
            part,
            f"{name}-{number}",
            marks,
            depth=shown.depth + 1,
            in_group=node.is_group,
            may_rise=node.is_group and (number > 0 or leads_out),
            may_sink=node.is_group and (number < last or leads_out),
        )
        for number, part in enumerate(node.parts)
    ]
    return shown


def every(shown: Drawn | None) -> Iterator[Drawn]:
    """All places, from the root down."""
    if shown:
        yield shown
        for part in shown.parts:
            yield from every(part)
