"""Between the tree being built and the fields of a form: `when-0-1-field`, `when-0-1-value`.

The tree is posted whole: `kind` says what stands at a place, and its parts are numbered from 0.
"""

from collections.abc import Iterator
from typing import Any

from segmentation.builder.nodes import DEEPEST, Kind, Node
from segmentation.rules import Op, Unknown

SETS = (Op.IN, Op.NOT_IN)


def node_in(data: Any, name: str, depth: int = 1) -> Node | None:
    """`data` is a QueryDict; None where nothing stands at this place."""
    kind = data.get(f"{name}-kind")
    if kind not in Kind.values:
        return None
    if kind == Kind.TEST:
        op = data.get(f"{name}-op", "")
        return Node(
            kind,
            name=data.get(f"{name}-field", ""),
            op=op,
            values=_values(data, name, op),
            unknown=data.get(f"{name}-unknown", str(Unknown.FALSE)),
        )
    return Node(kind, list(_parts(data, name, depth)) if depth < DEEPEST else [])


def _parts(data: Any, name: str, depth: int) -> Iterator[Node]:
    number = 0
    while part := node_in(data, f"{name}-{number}", depth + 1):
        yield part
        number += 1


def _values(data: Any, name: str, op: str) -> list[str]:
    """A set is written a value a line, or ticked; `upto` is the upper end of a range."""
    several = data.getlist(f"{name}-value")
    if op in SETS:
        lines = "\n".join(several).replace("\r\n", "\n").split("\n")
        return [line for line in lines if line]
    return [*several[:1], data.get(f"{name}-upto", "")] if op == Op.BETWEEN else several[:1]


def fields_of(node: Node | None, name: str) -> Iterator[tuple[str, str]]:
    """The same as names and values, in the order of the page."""
    if node is None:
        return
    yield f"{name}-kind", str(node.kind)
    if node.kind == Kind.TEST:
        yield f"{name}-field", node.name
        yield f"{name}-op", node.op
        if node.op == Op.BETWEEN:
            low, high = (*node.values, "", "")[:2]
            yield from ((f"{name}-value", low), (f"{name}-upto", high))
        else:
            yield f"{name}-value", "\n".join(node.values)
        yield f"{name}-unknown", node.unknown
    for number, part in enumerate(node.parts):
        yield from fields_of(part, f"{name}-{number}")
