"""Between the JSON of a rule and the tree being built. Both ways keep what is wrong as it was written."""

import json
import re
from collections.abc import Mapping
from typing import Any

from segmentation.builder.nodes import DEEPEST, IS_KNOWN, Kind, Node
from segmentation.rules import FIELDS, Op, Type, Unknown

WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
GROUPED = re.compile(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?", re.ASCII)
SETS = (Op.IN, Op.NOT_IN)


def tree_of(node: Node | None) -> Any:
    """The JSON as in a policy file; `{}` is everybody."""
    if node is None:
        return {}
    if node.kind == Kind.TEST:
        return _test(node)
    parts = [tree_of(part) for part in node.parts]
    return {str(node.kind): parts if node.is_group else (parts or [{}])[0]}


def _test(node: Node) -> dict[str, Any]:
    tree: dict[str, Any] = {"field": node.name, "op": node.op}
    values = [typed(node.name, text) for text in node.values]
    if node.op in (Op.IS_NULL, IS_KNOWN):
        tree |= {"op": str(Op.IS_NULL), "value": node.op == Op.IS_NULL}
    elif node.op in SETS:
        tree["value"] = values
    elif node.op == Op.BETWEEN:
        tree["value"] = [*values, "", ""][:2]
    else:
        tree["value"] = (values or [""])[0]
    return tree if node.unknown == Unknown.FALSE else tree | {"unknown": node.unknown}


def typed(name: str, text: str) -> Any:
    """What was typed, in the field's type; as it is where it is none: the refusal then says what belongs there."""
    field = FIELDS.get(name)
    if field is None or field.type in (Type.TEXT, Type.CHOICE):
        return text
    bare = text.strip()
    if GROUPED.fullmatch(bare):
        bare = bare.replace(",", "").replace("，", "")
    if field.type == Type.INTEGER and WHOLE.fullmatch(bare):
        return int(bare)
    if field.type == Type.BOOLEAN and bare in ("true", "false"):
        return bare == "true"
    return bare


def node_of(tree: Any, depth: int = 1) -> Node | None:
    """The tree of any JSON; what is no rule becomes a condition that is still to be written."""
    if not isinstance(tree, Mapping) or not tree or depth > DEEPEST:
        return None
    for kind in (Kind.ALL, Kind.ANY):
        if isinstance(tree.get(kind), list):
            parts = [node_of(part, depth + 1) or Node(Kind.TEST) for part in tree[kind]]
            return Node(kind, parts if depth < DEEPEST else [])
    if "not" in tree:
        part = node_of(tree["not"], depth + 1)
        return Node(Kind.NOT, [part] if part else [])
    op, value = written(tree.get("op", "")), tree.get("value", True)
    if op == Op.IS_NULL:
        op = IS_KNOWN if value is False else op
        value = []
    values = [written(one) for one in value] if isinstance(value, list) else [written(value)]
    return Node(
        Kind.TEST,
        name=written(tree.get("field", "")),
        op=op,
        values=values,
        unknown=written(tree.get("unknown", Unknown.FALSE)),
    )


def written(value: Any) -> str:
    return str(value) if isinstance(value, str) else json.dumps(value)
