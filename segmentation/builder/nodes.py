"""The tree while it is being built: whatever was typed, right or wrong, and nothing lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from segmentation.rules import Unknown

# one more than a rule may have: so that the rule is refused, and not silently cut
DEEPEST = 9
IS_KNOWN = "is_known"


class Kind(TextChoices):
    TEST = "test", _("a condition")
    ALL = "all", _("all of these")
    ANY = "any", _("at least one of these")
    NOT = "not", _("not")


@dataclass(eq=False)
class Node:
    """A condition has `name`, `op`, `values`; `not` has one part at most, the others any number."""

    kind: str
    parts: list["Node"] = field(default_factory=list)
    name: str = ""
    op: str = ""
    values: list[str] = field(default_factory=list)
    unknown: str = str(Unknown.FALSE)

    @property
    def is_group(self) -> bool:
        return self.kind in (Kind.ALL, Kind.ANY)

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=0)

    @property
    def first_value(self) -> str:
        return self.values[0] if self.values else ""


def walk(node: Node, name: str, path: str) -> Iterator[tuple[str, str, Node]]:
    """(name of its inputs, path in the JSON, node) of the whole tree."""
    yield name, path, node
    for number, part in enumerate(node.parts):
        place = f"{path}.not" if node.kind == Kind.NOT else f"{path}.{node.kind}[{number}]"
        yield from walk(part, f"{name}-{number}", place)
