"""The effect of a draft in figures: who moves where, what is waived, what managers carry."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from crm.base.money import rounded
from crm.base.sql import rows_of
from segmentation.managed.versions import assigning_on
from segmentation.services.policies import next_day
from segmentation.simulation.trial import SQL, Trial

MOST_MANAGERS = 200


def effect_of(trial: Trial) -> dict[str, Any]:
    """As JSON. `migration` is {published tier: {tier under the draft: customers}}, those who stay among them."""
    matrix = rows_of(SQL / "matrix.sql", simulation=trial.simulation.pk)
    waived = rows_of(SQL / "waived_by.sql", simulation=trial.simulation.pk)
    migration: dict[str, dict[str, int]] = defaultdict(dict)
    for row in matrix:
        migration[row["published"]][row["draft"]] = migration[row["published"]].get(row["draft"], 0) + row["customers"]
    moves = [row for row in matrix if row["published"] != row["draft"]]
    ranks = {code: rank for rank, code in enumerate(trial.codes)}
    return {
        "migration": dict(migration),
        "customers": sum(row["customers"] for row in matrix),
        "movers": sum(row["customers"] for row in moves),
        "up": sum(row["customers"] for row in moves if ranks.get(row["draft"], -1) > ranks.get(row["published"], -1)),
        "moved_balances": _sums(moves, "balance"),
        "waived_before": _sums(waived, "before"),
        "waived_after": _sums(waived, "after"),
        "waived_by": [row | _money(row) for row in waived],
        "managers": [row | {"before": int(row["before"]), "after": int(row["after"])} for row in _load(trial)],
    }


def _sums(rows: list[dict[str, Any]], column: str) -> dict[str, str]:
    """Per currency, in the currency's digits."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row["currency"]] += row[column]
    return {currency: str(rounded(total, currency)) for currency, total in sorted(found.items())}


def _money(row: dict[str, Any]) -> dict[str, str]:
    return {column: str(rounded(row[column], row["currency"])) for column in ("before", "after")}


def _load(trial: Trial) -> list[dict[str, Any]]:
    weighs = assigning_on(next_day()).weights
    weights = {"codes": list(weighs), "weights": list(weighs.values())}
    return rows_of(SQL / "load.sql", simulation=trial.simulation.pk, **weights)[:MOST_MANAGERS]
