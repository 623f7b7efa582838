"""The migration report as a table per kind of customer: from the tier at the opening to the tier at the closing."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from customers.models import Customer
from segmentation.migration.figures import Asked, Sums, counts_all, currencies, migrated
from segmentation.migration.suppression import hidden
from segmentation.models import Tier

ALL, NEW, LOST = "*", "new", "lost"
AMOUNTS = ("opening_balance", "closing_balance", "revenue")


@dataclass(frozen=True)
class Side:
    """A row or column: a tier, the new or the lost, or all of them."""

    code: str
    name: str
    is_tier: bool = True


@dataclass(frozen=True)
class Cell:
    """`amounts` by name, the sums of the cell's customers; None is hidden, for it would tell of a few."""

    opened: str
    closed: str
    customers: int
    amounts: dict[str, Decimal | None]
    query: str

    @property
    def is_hidden(self) -> bool:
        return self.customers > 0 and self.amounts["revenue"] is None

    @property
    def stayed(self) -> bool:
        return self.opened == self.closed


@dataclass(frozen=True)
class Matrix:
    kind: str
    currency: str
    rows: list[Side]
    columns: list[Side]
    cells: dict[tuple[str, str], Cell]
    unknown: int

    @property
    def label(self) -> str:
        return str(Customer.Kind(self.kind).label)

    def lines(self) -> Iterator[tuple[Side, list[Cell]]]:
        """Rows with their cells, the margin last."""
        for row in self.rows:
            yield row, [self.cells[row.code, column.code] for column in self.columns]

    def count(self, row: str, column: str) -> int:
        return self.cells[row, column].customers

    @property
    def new(self) -> int:
        return self.count(NEW, ALL)

    @property
    def lost(self) -> int:
        return self.count(ALL, LOST)

    @property
    def opening(self) -> int:
        """The population at the opening: all rows but the new."""
        return self.count(ALL, ALL) - self.new

    @property
    def closing(self) -> int:
        """The population at the closing: all columns but the lost."""
        return self.count(ALL, ALL) - self.lost


@dataclass(frozen=True)
class Report:
    opening: Asked
    closing: Asked
    matrices: list[Matrix]
    hides: bool


def report(*, opening: Asked, closing: Asked, user: Any) -> Report:
    """Kinds in the order of their definition; those without customers are left out."""
    found = migrated(opening=opening, closing=closing, user=user)
    tiers = list(Tier.objects.select_related("scheme").order_by("scheme", "-rank"))
    money, hides = currencies(closing.day), counts_all(user)
    matrices = []
    for kind in Customer.Kind.values:
        sums = [each for each in found if each.kind == kind]
        if sums:
            matrices.append(_matrix(kind, sums, tiers, money[kind], _dates(opening, closing, kind), hides))
    return Report(opening, closing, matrices, hides)


def _dates(opening: Asked, closing: Asked, kind: str) -> dict[str, Any]:
    return {"opening": opening.day, "closing": closing.day, "kind": kind}


def _matrix(
    kind: str, sums: list[Sums], tiers: list[Tier], currency: str, asked: dict[str, Any], hides: bool
) -> Matrix:
    codes = {tier.pk: tier.code for tier in tiers}
    used = {each.opened for each in sums} | {each.closed for each in sums}
    shown = [tier for tier in tiers if tier.pk in used or tier.scheme.customer_kind == kind]
    sides = list({tier.code: Side(tier.code, tier.name) for tier in shown}.values())
    rows = [*sides, Side(NEW, _("New"), False), Side(ALL, _("All"), False)]
    columns = [*sides, Side(LOST, _("Lost"), False), Side(ALL, _("All"), False)]
    added = _added(sums, codes)
    empty = (0, dict.fromkeys(AMOUNTS, Decimal(0)))
    grid = {(row.code, column.code): added.get((row.code, column.code), empty) for row in rows for column in columns}
    secret = hidden({key: n for key, (n, _amounts) in grid.items()}, ALL) if hides else set()
    cells = {
        key: Cell(
            *key,
            customers=n,
            amounts=dict.fromkeys(amounts) if key in secret else amounts,
            query=urlencode(asked | {"before": key[0], "after": key[1]}),
        )
        for key, (n, amounts) in grid.items()
    }
    return Matrix(kind, currency, rows, columns, cells, sum(each.unknown for each in sums))


def _added(sums: list[Sums], codes: dict[int, str]) -> dict[tuple[str, str], tuple[int, dict[str, Any]]]:
    """Cells and margins by the codes of their row and column."""
    found: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
    for each in sums:
        row = codes[each.opened] if each.opened else NEW
        column = codes[each.closed] if each.closed else LOST
        for key in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
            n, amounts = found.get(key, (0, dict.fromkeys(AMOUNTS, Decimal(0))))
            found[key] = n + each.customers, {name: amounts[name] + getattr(each, name) for name in AMOUNTS}
    return found
