"""What the buttons do to the tree: `do(root, "up", (0, 1))` gives the new root and the place to look at."""

from collections.abc import Callable
from copy import deepcopy

from segmentation.builder.nodes import DEEPEST, Kind, Node
from segmentation.rules import Op, Type
from segmentation.rules.registry import FIELDS

Place = tuple[int, ...]
Done = tuple[Node | None, Place]
FIRST = "aum_month_average"


def fresh() -> Node:
    """A condition to begin with: the figure that most schemes measure."""
    return Node(Kind.TEST, name=FIRST, op=str(Op.GE))


def at(root: Node, place: Place) -> Node | None:
    for number in place:
        if number >= len(root.parts):
            return None
        root = root.parts[number]
    return root


def do(root: Node | None, verb: str, place: Place) -> Done:
    """An unknown button, a place that is no more, or a tree deeper than a form can hold: nothing changes."""
    if root is None:
        return (fresh(), ()) if verb in ("add", "group") and not place else (None, ())
    changed = deepcopy(root)
    node, act = at(changed, place), ACTS.get(verb)
    if node is None or act is None:
        return root, place
    done, where = act(changed, node, place)
    return (root, place) if done and done.depth > DEEPEST else (done, where)


def _put(root: Node, place: Place, *new: Node) -> Node | None:
    """The root with what stands at the place replaced, by nothing or by several; groups that it emptied go too."""
    if not place:
        return new[0] if new else None
    above = at(root, place[:-1])
    assert above is not None
    above.parts[place[-1] : place[-1] + 1] = new
    return root if above.parts else _put(root, place[:-1])


def _add(root: Node, node: Node, place: Place, new: Node | None = None) -> Done:
    """To a group at its end; to a condition beside it, where need be in a group made for both."""
    new = new or fresh()
    if node.is_group or (node.kind == Kind.NOT and not node.parts):
        node.parts.append(new)
        return root, (*place, len(node.parts) - 1)
    above = at(root, place[:-1]) if place else None
    if above and above.is_group:
        above.parts.insert(place[-1] + 1, new)
        return root, (*place[:-1], place[-1] + 1)
    return _put(root, place, Node(Kind.ALL, [node, new])), (*place, 1)


def _group(root: Node, node: Node, place: Place) -> Done:
    """A group of the other word, with a condition in it."""
    other = Kind.ALL if node.kind == Kind.ANY else Kind.ANY
    root_, where = _add(root, node, place, Node(other, [fresh()]))
    return root_, (*where, 0)


def _wrap(root: Node, node: Node, place: Place) -> Done:
    return _put(root, place, Node(Kind.ANY, [node])), place


def _unwrap(root: Node, node: Node, place: Place) -> Done:
    """The parts take the place of their group; a whole rule can only be unwrapped to one part."""
    if node.kind == Kind.TEST or (len(node.parts) != 1 and not _in_group(root, place)):
        return root, place
    return _put(root, place, *node.parts), place


def _in_group(root: Node, place: Place) -> bool:
    above = at(root, place[:-1]) if place else None
    return above is not None and above.is_group


def _negate(root: Node, node: Node, place: Place) -> Done:
    """Not, and of not nothing."""
    if node.kind == Kind.NOT and node.parts:
        return _put(root, place, node.parts[0]), place
    return _put(root, place, Node(Kind.NOT, [node])), place


def _remove(root: Node, node: Node, place: Place) -> Done:
    return _put(root, place), place[:-1]


def _step(root: Node, node: Node, place: Place, by: int) -> Done:
    """Past a condition, into a group that stands there, and at the end of a group out of it."""
    if not _in_group(root, place):
        return root, place
    above = at(root, place[:-1])
    assert above is not None
    beside = place[-1] + by
    if 0 <= beside < len(above.parts):
        return _pass(root, above, place, beside, by)
    if not _in_group(root, place[:-1]):
        return root, place
    outer, where = at(root, place[:-2]), place[-2] + (by > 0)
    assert outer is not None
    above.parts.remove(node)
    outer.parts.insert(where, node)
    if not above.parts:
        outer.parts.remove(above)
        where -= by > 0
    return root, (*place[:-2], where)


def _pass(root: Node, above: Node, place: Place, beside: int, by: int) -> Done:
    node, other = above.parts[place[-1]], above.parts[beside]
    above.parts.pop(place[-1])
    if not other.is_group:
        above.parts.insert(beside, node)
        return root, (*place[:-1], beside)
    inside = 0 if by > 0 else len(other.parts)
    other.parts.insert(inside, node)
    return root, (*place[:-1], above.parts.index(other), inside)


def _settle(root: Node, node: Node, place: Place) -> Done:
    """After another field was chosen: an order that it has, and no value of the one before."""
    field = FIELDS.get(node.name)
    if field and node.op in (Op.LT, Op.LE, Op.GT, Op.GE, Op.BETWEEN) and not field.type.is_ordered:
        node.op = str(Op.EQ)
    if field and field.type in (Type.CHOICE, Type.BOOLEAN):
        known = {code for code, _label in field.choices} or {"true", "false"}
        node.values = [value for value in node.values if value in known]
    return root, place


ACTS: dict[str, Callable[[Node, Node, Place], Done]] = {
    "add": _add,
    "group": _group,
    "wrap": _wrap,
    "unwrap": _unwrap,
    "negate": _negate,
    "remove": _remove,
    "up": lambda root, node, place: _step(root, node, place, -1),
    "down": lambda root, node, place: _step(root, node, place, 1),
    "settle": _settle,
}
