"""How recently and how often the customers of a kind come: five fifths by five, with what they move on average.

Who sees no customer sees no amount that would tell of a few.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from customers.models import Customer
from segmentation.migration.figures import counts_all
from segmentation.migration.suppression import hidden
from segmentation.models import Behaviour

ALL, UNKNOWN = "*", "unknown"
SIDES = ("5", "4", "3", "2", "1", UNKNOWN, ALL)
FIELDS = ("recency_quintile", "frequency_quintile")
Tree = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """`amounts` are None where hidden, or where no turnover is known."""

    recency: str
    frequency: str
    customers: int
    amounts: dict[str, Decimal | None]
    is_hidden: bool
    rule: Tree | None


@dataclass(frozen=True)
class Matrix:
    kind: str
    currency: str
    cells: dict[tuple[str, str], Cell]

    @property
    def label(self) -> str:
        return str(Customer.Kind(self.kind).label)

    @property
    def customers(self) -> int:
        return self.cells[ALL, ALL].customers

    @property
    def columns(self) -> list[str]:
        """The fifths of frequency, the best first; the unknown where there are any, the margin last."""
        return [side for side in SIDES if side != UNKNOWN or self.cells[ALL, side].customers]

    def lines(self) -> Iterator[tuple[str, list[Cell]]]:
        """The same by recency."""
        for recency in SIDES:
            if recency != UNKNOWN or self.cells[recency, ALL].customers:
                yield recency, [self.cells[recency, frequency] for frequency in self.columns]


def matrices(*, month: date, user: Any) -> list[Matrix]:
    """One per kind of customer, of those whom the user may count; kinds without anybody are left out."""
    rows = Behaviour.objects.all() if counts_all(user) else Behaviour.objects.visible_to(user)
    counted = rows.filter(month=month).values("kind", "currency", *FIELDS).order_by()
    found: dict[tuple[str, str], dict[tuple[str, str], list]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for row in counted.annotate(n=Count("month"), known=Count("turnover_year"), turnover=Sum("turnover_year")):
        recency, frequency = (str(row[name] or UNKNOWN) for name in FIELDS)
        for key in ((recency, frequency), (recency, ALL), (ALL, frequency), (ALL, ALL)):
            cell = found[row["kind"], row["currency"]][key]
            cell[:] = [cell[0] + row["n"], cell[1] + row["known"], cell[2] + (row["turnover"] or 0)]
    ordered = sorted(found.items(), key=lambda each: list(Customer.Kind.values).index(each[0][0]))
    return [_matrix(kind, currency, sums, hides=counts_all(user)) for (kind, currency), sums in ordered]


def _matrix(kind: str, currency: str, sums: dict[tuple[str, str], list], *, hides: bool) -> Matrix:
    grid = {(recency, frequency): sums[recency, frequency] for recency in SIDES for frequency in SIDES}
    secret = hidden({key: n for key, (n, _known, _turnover) in grid.items()}, ALL) if hides else set()
    cells = {
        key: Cell(
            *key,
            customers=n,
            amounts={"turnover": turnover / known if known and key not in secret else None},
            is_hidden=key in secret,
            rule=rule_of(*key),
        )
        for key, (n, known, turnover) in grid.items()
    }
    return Matrix(kind, currency, cells)


def rule_of(recency: str, frequency: str) -> Tree | None:
    """Whom a cell holds, as a rule; None for all of them."""
    parts = [_is(name, side) for name, side in zip(FIELDS, (recency, frequency), strict=True) if side != ALL]
    return {"all": parts} if parts else None


def _is(name: str, side: str) -> Tree:
    if side == UNKNOWN:
        return {"field": name, "op": "is_null", "value": True}
    return {"field": name, "op": "=", "value": int(side)}
