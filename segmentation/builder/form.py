"""A rule in a form: read from what was posted, changed by its buttons, and said as JSON or as what is wrong with it."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from segmentation.builder import moves
from segmentation.builder.drawing import Drawn, drawn
from segmentation.builder.nodes import Kind, Node, walk
from segmentation.builder.posted import node_in
from segmentation.builder.trees import node_of, tree_of
from segmentation.rules import Field, Rule, examine
from segmentation.rules.registry import offered

PARTS = ("field", "op", "value", "unknown")


class RuleForm:
    """`prefix` begins the names of its inputs, `path` its place in the policy file; both lead to the same node.

    `is_optional`: no condition at all is everybody. `is_small`: one of several on a page, which shows less by itself.
    """

    def __init__(
        self,
        prefix: str = "when",
        *,
        purpose: str,
        node: Node | None = None,
        path: str = "when",
        currency: str = "",
        customer_kind: str = "",
        is_optional: bool = False,
        is_small: bool = False,
    ) -> None:
        self.prefix = prefix
        self.purpose = purpose
        self.node = node
        self.path = path
        self.currency = currency
        self.customer_kind = customer_kind
        self.is_optional = is_optional
        self.is_small = is_small
        self.focus = ""
        self.given: dict[str, str] = {}

    @cached_property
    def declared(self) -> list[Field]:
        """Fields that the bank declared itself, asked for once."""
        return offered()

    @classmethod
    def read(cls, data: Any, prefix: str = "when", **options: Any) -> "RuleForm":
        """What the browser sent; `data` is a QueryDict."""
        return cls(prefix, node=node_in(data, prefix), **options)

    @classmethod
    def of(cls, tree: Any, prefix: str = "when", **options: Any) -> "RuleForm":
        """A rule as in a policy file; a wrong one too."""
        return cls(prefix, node=node_of(tree), **options)

    @classmethod
    def fresh(cls, prefix: str = "when", **options: Any) -> "RuleForm":
        return cls(prefix, node=Node(Kind.ALL, [moves.fresh()]), **options)

    def do(self, button: str) -> bool:
        """`button` is "verb:name of a place"; whether it was a button of this form."""
        place = self.place(button)
        if place is None:
            return False
        self.node, where = moves.do(self.node, button.partition(":")[0], place)
        self.focus = "-".join((self.prefix, *map(str, where)))
        self.__dict__.pop("_examined", None)
        return True

    def place(self, button: str) -> tuple[int, ...] | None:
        """The place that "verb:when-0-1" speaks of, () being the root; None where it is of another form."""
        name = button.partition(":")[2]
        numbers = name.removeprefix(self.prefix).split("-")[1:]
        is_ours = name == self.prefix or name.startswith(f"{self.prefix}-")
        return tuple(map(int, numbers)) if is_ours and all(each.isdecimal() for each in numbers) else None

    @property
    def tree(self) -> Any:
        """The JSON, right or wrong, as it stands in a policy file."""
        return tree_of(self.node)

    @cached_property
    def _examined(self) -> tuple[Rule | None, list[RuleBroken]]:
        if self.node is None and not self.is_optional:
            return None, [RuleBroken(f"{self.path}: " + _("a condition belongs here."), field=self.path)]
        return examine(self.tree, purpose=self.purpose, path=self.path)

    @property
    def rule(self) -> Rule | None:
        """None where something is wrong."""
        return self._examined[0]

    @property
    def refusals(self) -> dict[str, str]:
        """What is wrong, by path: the sentence without the path, which stands beside the field anyway."""
        found = {str(each.field): bare(each) for each in self._examined[1]}
        for _name, path, node in self.places():
            if node.kind == Kind.TEST and f"{path}.value" in found and not any(node.values):
                found[f"{path}.value"] = _("Type a value.")
        return found | self.given

    def refuse(self, path: str, sentence: str) -> bool:
        """A refusal that came from outside, such as the scheme's; whether the path leads into this form."""
        inside = path == self.path or path.startswith((f"{self.path}.", f"{self.path}["))
        if inside:
            self.given.setdefault(path, sentence)
        return inside

    @property
    def marks(self) -> dict[str, str]:
        """What is wrong by the name of the input: "when-0-value"; of a whole group by the group's: "when-0"."""
        names = {path: name for name, path, _node in self.places()}
        found: dict[str, str] = {}
        for path, sentence in self.refusals.items():
            found.setdefault(_name_of(path, names, self.prefix), sentence)
        return found

    def places(self) -> list[tuple[str, str, Node]]:
        return list(walk(self.node, self.prefix, self.path)) if self.node else []

    def url(self, name: str) -> str:
        """The address that answers for this form alone, wherever it stands."""
        asked = {"prefix": self.prefix, "purpose": self.purpose, "currency": self.currency,
                 "kind": self.customer_kind, "path": self.path, "optional": self.is_optional, "small": self.is_small}  # fmt: skip
        return f"{reverse(name)}?{urlencode({key: 1 if value is True else value for key, value in asked.items() if value})}"

    @property
    def part_url(self) -> str:
        return self.url("rule_part")

    @property
    def drawn(self) -> Drawn | None:
        return drawn(self) if self.node else None


def bare(refusal: RuleBroken) -> str:
    """The sentence as people say it, beginning with a capital, without the path that says where."""
    text = str(refusal).removeprefix(f"{refusal.field}: ")
    return text[:1].upper() + text[1:]


def _name_of(path: str, names: dict[str, str], prefix: str) -> str:
    if path in names:
        return names[path]
    place, _dot, last = path.rpartition(".")
    if place in names:
        return f"{names[place]}-{last}" if last in PARTS else names[place]
    return prefix
