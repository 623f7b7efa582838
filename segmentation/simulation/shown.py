"""A simulation as its page shows it: the matrix, the waivers per tier and fee, the managers."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segmentation.models import Tier
from segmentation.policies import Policy

Effect = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    count: int
    stays: bool
    code: str


@dataclass(frozen=True)
class Row:
    """A published tier: how many of it go where under the draft, in the order of the columns."""

    name: str
    code: str
    cells: list[Cell]
    total: int


@dataclass(frozen=True)
class Matrix:
    columns: list[tuple[str, str]]
    rows: list[Row]
    totals: list[int]


@dataclass(frozen=True)
class Spared:
    tier: str
    tier_code: str
    fee: str
    charges: int
    before: Decimal
    after: Decimal
    currency: str

    @property
    def more(self) -> Decimal:
        return self.after - self.before


def matrix_of(draft: Any, effect: Effect) -> Matrix | None:
    """From the highest tier to the lowest; None where the draft moves nobody, having no scheme."""
    migration: dict[str, dict[str, int]] = effect.get("migration") or {}
    if not migration:
        return None
    names = names_of(draft)
    used = set(migration) | {code for row in migration.values() for code in row}
    codes = [code for code in names if code in used] + sorted(used - set(names))
    rows = [_row(code, codes, migration.get(code, {}), names) for code in codes if code in migration]
    totals = [sum(row.get(code, 0) for row in migration.values()) for code in codes]
    return Matrix([(names.get(code) or _("none"), code) for code in codes], rows, totals)


def _row(code: str, codes: list[str], counts: dict[str, int], names: dict[str, str]) -> Row:
    cells = [Cell(counts.get(other, 0), other == code, other) for other in codes]
    return Row(names.get(code) or _("none"), code, cells, sum(counts.values()))


def names_of(draft: Any) -> dict[str, str]:
    """Names of tiers by code, the draft's from the highest to the lowest first."""
    scheme = Policy.parse(draft).scheme
    drafted = {tier.code: tier.name for tier in reversed(scheme.tiers)} if scheme else {}
    return drafted | {
        code: name for code, name in Tier.objects.order_by("-rank").values_list("code", "name") if code not in drafted
    }


def spared_of(draft: Any, effect: Effect) -> list[Spared]:
    names = names_of(draft)
    return [
        Spared(
            tier=names.get(row["tier"]) or _("none"),
            tier_code=row["tier"],
            fee=row["fee"],
            charges=row["charges"],
            before=Decimal(row["before"]),
            after=Decimal(row["after"]),
            currency=row["currency"],
        )
        for row in effect.get("waived_by", [])
    ]


def answer(effect: Effect) -> str:
    """The whole effect in a sentence."""
    movers = effect["movers"]
    moved = ngettext("%(count)s customer would move", "%(count)s customers would move", movers) % {
        "count": f"{movers:,}"
    }
    return _("%(moved)s; waived %(after)s instead of %(before)s.") % {
        "moved": moved,
        "before": _amounts(effect["waived_before"].items()),
        "after": _amounts(effect["waived_after"].items()),
    }


def _amounts(amounts: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{Decimal(amount):,} {currency}" for currency, amount in amounts) or "0"
