"""Which charges of a small-balance fee are not to be paid, and why: a column of a table of charges."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crm.base.sql import run_text, text_of
from customers.models import StandingOrder, Transaction
from segmentation.models import Tier
from segmentation.small_balance.definition import SmallBalance

SQL = Path(__file__).parent / "sql" / "exempted.sql"
Parts = Iterable[tuple[int, SmallBalance]]
KINDS = {
    "payroll_kinds": [Transaction.PAYROLL],
    "loan_kinds": [*Transaction.REPAYMENTS],
    "card_kinds": [*Transaction.CARD_REPAYMENTS],
    "loan_orders": [*StandingOrder.REPAYMENTS],
    "card_orders": [*StandingOrder.CARD_REPAYMENTS],
}


def exempt(table: str, parts: Parts, parameters: dict[str, Any], *, policy: str) -> int:
    """Fill the column `exemption` of a table of charges; how many are exempt.

    `parts` are the small-balance fees of policies, by the id of each; `policy` is a query for the policy of a charge `k`.
    """
    written = json.dumps([_written(pk, part) for pk, part in parts])
    if written == "[]":
        return 0
    text = text_of(SQL).format(charges=table, policy=policy)
    return run_text(text, **parameters | KINDS | {"small_balances": written})


def _written(pk: int, part: SmallBalance) -> dict[str, Any]:
    return {
        "id": pk,
        "fee": part.fee,
        "floor": str(part.floor),
        "money": part.currency,
        "new_months": part.new_months,
        "tiers": tiers_from(part.tiers_from),
        "exempt": list(part.exempt),
    }


def tiers_from(code: str) -> list[str]:
    """The codes of the tier and of those above it, in every scheme that has it."""
    lowest = dict(Tier.objects.filter(code=code).values_list("scheme_id", "rank"))
    rows = Tier.objects.filter(scheme__in=lowest).values_list("scheme_id", "rank", "code")
    return sorted({code for scheme, rank, code in rows if rank >= lowest[scheme]})
