"""Who stands above whom in a group, as far as the reader sees: from the relations of its members on a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from customers.companies.wording import share_said
from customers.models import CompanyRelation, Customer, GroupMember, OutsideParty

Kind = CompanyRelation.Kind
HALF = Decimal("0.5")


@dataclass
class Node:
    """A member in reach, or what stands above one: a party outside, a customer in reach that is no member, or one that is
    only known to exist. `share` is what the node above holds of it."""

    customer: Customer | None = None
    outsider: OutsideParty | None = None
    is_member: bool = False
    share: Decimal | None = None
    below: list["Node"] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        return self.customer is None and self.outsider is None

    @property
    def name(self) -> str:
        return str(self.customer or self.outsider or "")


@dataclass(frozen=True)
class Step:
    """A line of the tree as it is drawn: depth 0 stands at the top."""

    node: Node
    depth: int

    @property
    def said(self) -> str:
        return share_said(self.node.share)


def tree(members: Iterable[GroupMember], user: Any, on: date) -> list[Step]:
    """Top down. Above a company stands its parent, else who owns more than half of it. One query."""
    nodes = {each.customer_id: Node(customer=each.customer, is_member=True) for each in members}
    outside: dict[tuple[str, int], Node] = {}
    under: set[int] = set()
    for row in above(nodes, user, on):
        node = nodes[row.customer_id]
        node.share = row.share if row.kind == Kind.OWNER else _share(row)
        upper = nodes.get(row.party_id) if row.party_id in nodes else _outside(outside, row)
        upper.below.append(node)
        under.add(row.customer_id)
    roots = [*outside.values(), *(node for key, node in nodes.items() if key not in under)]
    return [step for root in sorted(roots, key=_order) for step in _walk(root, 0)]


def above(companies: Iterable[int], user: Any, on: date) -> list[Any]:
    """The one relation for each company that says who stands above it on the day."""
    rows = CompanyRelation.objects.holding(on).filter(customer__in=list(companies), kind__in=(Kind.PARENT, Kind.OWNER))
    found: dict[int, Any] = {}
    shares: dict[tuple[int, Any], Decimal] = defaultdict(Decimal)
    for row in rows.select_related("party", "outsider").with_reach(user).order_by("customer", "-share", "pk"):
        end = (row.party_id, row.outsider_id)
        if row.kind == Kind.PARENT:
            found[row.customer_id] = row
        else:
            shares[(row.customer_id, end)] = row.share or Decimal(0)
            if (row.share or 0) > HALF:
                found.setdefault(row.customer_id, row)
    for company, row in found.items():
        row.held = shares.get((company, (row.party_id, row.outsider_id)))
    return list(found.values())


def _share(row: Any) -> Decimal | None:
    """What a parent holds, where it is told as an owner too."""
    held: Decimal | None = row.held
    return held


def _outside(known: dict[tuple[str, int], Node], row: Any) -> Node:
    if row.outsider_id:
        return known.setdefault(("outside", row.outsider_id), Node(outsider=row.outsider))
    return known.setdefault(("customer", row.party_id), Node(customer=row.party if row.sees_party else None))


def _order(node: Node) -> tuple[bool, str]:
    return node.is_member and not node.below, node.name


def _walk(node: Node, depth: int) -> Iterator[Step]:
    yield Step(node, depth)
    for below in sorted(node.below, key=lambda each: each.name):
        yield from _walk(below, depth + 1)
