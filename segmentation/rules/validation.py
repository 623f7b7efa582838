"""From JSON to a rule, or a sentence that says where and what is wrong: "when.all[1].value: ..."."""

from collections.abc import Mapping
from typing import Any as Anything
from typing import NoReturn

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.errors import RuleBroken
from segmentation.rules.registry import FIELDS, Field
from segmentation.rules.tree import EVERYBODY, All, Any, Not, Op, Predicate, Rule, Unknown
from segmentation.rules.values import operand

MAX_DEPTH = 8
MAX_PREDICATES = 100
MAX_WRONG = 50
BRANCHES = ("all", "any", "not")
KEYS = {"field", "op", "value", "unknown"}


class Purpose(TextChoices):
    """What a rule is for. Tiers and waivers set prices, so some fields are closed to them."""

    TIER = "tier", gettext_lazy("a tier rule")
    WAIVER = "waiver", gettext_lazy("a waiver rule")
    SEGMENT = "segment", gettext_lazy("a segment")
    SLA = "sla", gettext_lazy("a service level")
    OFFER = "offer", gettext_lazy("a product offer")
    CHANGE = "change", gettext_lazy("a change rule")
    ASSIGNMENT = "assignment", gettext_lazy("an assignment rule")

    @property
    def sets_prices(self) -> bool:
        return self in (Purpose.TIER, Purpose.WAIVER)


def refuse(path: str, sentence: str) -> NoReturn:
    raise RuleBroken(f"{path}: {sentence}", field=path, code="invalid")


def short(text: Anything) -> str:
    """What somebody wrote, short enough to be said back."""
    said = text if isinstance(text, str) else type(text).__name__
    return said if len(said) <= 40 else f"{said[:40]}…"


def validate(tree: Anything, *, purpose: str, path: str = "when") -> Rule:
    """The rule that the JSON tree says; raises RuleBroken with the path of what is wrong first."""
    rule, wrong = examine(tree, purpose=purpose, path=path, most=1)
    if rule is None:
        raise wrong[0]
    return rule


def examine(
    tree: Anything, *, purpose: str, path: str = "when", most: int = MAX_WRONG
) -> tuple[Rule | None, list[RuleBroken]]:
    """The rule, or None and what is wrong with the tree: one refusal a predicate, `most` in all."""
    if tree == {}:
        return EVERYBODY, []
    reader = _Reader(Purpose(purpose), most)
    try:
        return reader.read(tree, path, depth=1), reader.wrong
    except _Enough:
        return None, reader.wrong


class _Enough(Exception):
    pass


class _Reader:
    def __init__(self, purpose: Purpose, most: int) -> None:
        self.purpose = purpose
        self.most = most
        self.predicates = 0
        self.wrong: list[RuleBroken] = []

    def read(self, tree: Anything, path: str, depth: int) -> Rule | None:
        """None where something in it is wrong, which `wrong` then says."""
        try:
            return self.group(tree, path, depth)
        except RuleBroken as error:
            self.wrong.append(error)
            if len(self.wrong) >= self.most:
                raise _Enough from error
            return None

    def group(self, tree: Anything, path: str, depth: int) -> Rule | None:
        if depth > MAX_DEPTH:
            refuse(path, _("a rule is at most %(depth)s levels deep.") % {"depth": MAX_DEPTH})
        if not isinstance(tree, Mapping) or not tree:
            refuse(path, _("a rule is a predicate, or one of all, any, not."))
        named = [key for key in BRANCHES if key in tree]
        if not named:
            return self.predicate(tree, path)
        key = named[0]
        for other in tree:
            if other != key:
                refuse(path, _("“%(key)s” stands alone; take “%(other)s” away.") % {"key": key, "other": short(other)})
        if key == "not":
            inner = self.read(tree["not"], f"{path}.not", depth + 1)
            return inner and Not(inner)
        parts = tree[key]
        if not isinstance(parts, list) or not parts:
            refuse(f"{path}.{key}", _("at least one rule belongs here, as a list."))
        rules = [self.read(part, f"{path}.{key}[{n}]", depth + 1) for n, part in enumerate(parts)]
        whole = tuple(rule for rule in rules if rule)
        return None if len(whole) < len(rules) else All(whole) if key == "all" else Any(whole)

    def predicate(self, tree: Mapping, path: str) -> Predicate:
        self.predicates += 1
        if self.predicates > MAX_PREDICATES:
            self.most = 0  # the rest is not looked at
            refuse(path, _("a rule has at most %(count)s predicates.") % {"count": MAX_PREDICATES})
        for key in tree:
            if key not in KEYS:
                refuse(f"{path}.{short(key)}", _("this key is unknown here."))
        field = self.field(tree.get("field"), f"{path}.field")
        op = self.op(tree.get("op"), field, f"{path}.op")
        unknown = tree.get("unknown", Unknown.FALSE)
        if unknown not in Unknown.values:
            refuse(f"{path}.unknown", _("this is one of %(words)s.") % {"words": ", ".join(Unknown.values)})
        if "value" not in tree and op != Op.IS_NULL:
            refuse(f"{path}.value", _("this value is missing."))
        written = tree.get("value", True)
        try:
            value = operand(field, op, written)
        except ValueError as error:
            refuse(f"{path}.value", str(error))
        return Predicate(field.name, op, value, written, Unknown(unknown))

    def field(self, name: Anything, path: str) -> Field:
        field = FIELDS.get(name) if isinstance(name, str) else None
        if field is None:
            refuse(path, _("no field is called “%(name)s”.") % {"name": "" if name is None else short(name)})
        if field.of_scheme and self.purpose != Purpose.TIER:
            refuse(path, _("“%(name)s” is reckoned by a tier scheme, for its own tiers alone.") % {"name": field.name})
        if self.purpose.sets_prices and not field.may_set_prices:
            refuse(
                path,
                _("“%(name)s” may not be used in %(purpose)s: %(label)s must never set a price.")
                % {"name": field.name, "purpose": self.purpose.label, "label": field.label},
            )
        return field

    def op(self, op: Anything, field: Field, path: str) -> Op:
        if op not in Op.values:
            refuse(path, _("this is one of %(words)s.") % {"words": ", ".join(Op.values)})
        if field.is_reference and op == Op.IS_NULL:
            refuse(path, _("a segment is named here; use =, !=, in or not_in."))
        if op in (Op.LT, Op.LE, Op.GT, Op.GE, Op.BETWEEN) and not field.type.is_ordered:
            refuse(path, _("“%(name)s” has no order; use =, !=, in or not_in.") % {"name": field.name})
        return Op(op)
