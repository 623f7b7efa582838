"""What the customers of each branch and tier are worth: sums of the year through the newest closed month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from crm.base.sql import rows_of
from crm.identity.models import Branch
from crm.identity.scope import Scope, scope_of
from customers.models import Customer
from segmentation.migration.figures import counts_all
from segmentation.migration.suppression import hidden
from segmentation.models import Tier
from segmentation.value.versions import last_day, valued_months

SQL = Path(__file__).parent / "sql"
ALL, NONE = "*", "-"
AMOUNTS = ("value", "margin", "fees", "costs")


@dataclass(frozen=True)
class Side:
    """A branch or a tier, those without one, or all of them."""

    code: str
    name: str
    is_tier: bool = False


@dataclass(frozen=True)
class Cell:
    """`amounts` by name; None is hidden, for it would tell of a few."""

    customers: int
    unknown: int
    amounts: dict[str, Decimal | None]

    @property
    def is_hidden(self) -> bool:
        return self.customers > 0 and self.amounts["value"] is None


@dataclass(frozen=True)
class Grid:
    """Of the customers of a kind who are told in one currency; rows are branches, columns tiers, margins last."""

    kind: str
    currency: str
    rows: list[Side]
    columns: list[Side]
    cells: dict[tuple[str, str], Cell]

    @property
    def label(self) -> str:
        return str(Customer.Kind(self.kind).label)

    @property
    def unknown(self) -> int:
        return self.cells[ALL, ALL].unknown

    def lines(self) -> Iterator[tuple[Side, list[Cell]]]:
        for row in self.rows:
            yield row, [self.cells[row.code, column.code] for column in self.columns]


@dataclass(frozen=True)
class Report:
    month: date
    as_of: date
    months: int
    grids: list[Grid]
    hides: bool


def report(user: Any) -> Report | None:
    """Within the reach, for who sees no customer over the whole book. None before a month was reckoned."""
    months = valued_months()
    if not months:
        return None
    hides = counts_all(user)
    scope = Scope(everything=True) if hides else scope_of(user)
    rows = rows_of(
        SQL / "report.sql",
        month=months[-1],
        day=last_day(months[-1]),
        everything=scope.everything,
        owners=list(scope.owners),
        branches=list(scope.branches),
        customers=list(scope.customers),
    )
    branches = {branch.pk: branch for branch in Branch.objects.all()}
    tiers = {tier.pk: tier for tier in Tier.objects.select_related("scheme").order_by("scheme", "-rank")}
    keys = sorted({(row["kind"], row["currency"]) for row in rows}, key=_place)
    grids = [
        _grid(*key, [row for row in rows if (row["kind"], row["currency"]) == key], branches, tiers, hides)
        for key in keys
    ]
    return Report(months[-1], last_day(months[-1]), len(months), grids, hides)


def _place(key: tuple[str, str]) -> tuple[int, str]:
    return Customer.Kind.values.index(key[0]), key[1]


def _grid(
    kind: str,
    currency: str,
    rows: list[dict[str, Any]],
    branches: dict[int, Branch],
    tiers: dict[int, Tier],
    hides: bool,
) -> Grid:
    found = [
        (branches[row["branch"]].code if row["branch"] else NONE, tiers[row["tier"]].code if row["tier"] else NONE, row)
        for row in rows
    ]
    codes, used = {row for row, _column, _sums in found}, {column for _row, column, _sums in found}
    named = [Side(each.code, each.name) for each in sorted(branches.values(), key=lambda each: each.code)]
    ladder = list({each.code: Side(each.code, each.name, is_tier=True) for each in tiers.values()}.values())
    sides = [side for side in (*named, Side(NONE, _("No branch"))) if side.code in codes]
    columns = [side for side in (*ladder, Side(NONE, _("No tier"))) if side.code in used]
    sides, columns = [*sides, Side(ALL, _("All"))], [*columns, Side(ALL, _("All"))]
    added = _added(found)
    secret = hidden({key: cell.customers for key, cell in added.items()}, ALL) if hides else set()
    empty = Cell(0, 0, dict.fromkeys(AMOUNTS, Decimal(0)))
    cells = {}
    for row in sides:
        for column in columns:
            key = row.code, column.code
            cell = added.get(key, empty)
            cells[key] = Cell(cell.customers, cell.unknown, dict.fromkeys(AMOUNTS)) if key in secret else cell
    return Grid(kind, currency, sides, columns, cells)


def _added(found: list[tuple[str, str, dict[str, Any]]]) -> dict[tuple[str, str], Cell]:
    """Cells and margins by the codes of their row and column."""
    sums: dict[tuple[str, str], Cell] = {}
    for row, column, own in found:
        for key in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
            so_far = sums.get(key, Cell(0, 0, dict.fromkeys(AMOUNTS, Decimal(0))))
            amounts: dict[str, Any] = {name: (so_far.amounts[name] or 0) + own[name] for name in AMOUNTS}
            sums[key] = Cell(so_far.customers + own["customers"], so_far.unknown + own["unknown"], amounts)
    return sums
