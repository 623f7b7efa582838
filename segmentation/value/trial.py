"""What the newest closed month would have brought in under other assumptions: the night's own statement, and nothing written."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max

from crm.base.sql import rows_of_text, text_of
from customers.models import Customer
from segmentation.models import ClosedMonth
from segmentation.value.assumptions import Assumptions
from segmentation.value.reckoning import SQL, prepare, valued
from segmentation.value.versions import parameters

STORED = "SELECT * FROM segmentation_valuemonth WHERE month = %(since)s AND customer_id >= %(low)s AND customer_id < %(high)s"


@dataclass(frozen=True)
class Tried:
    """Sums by currency of those of whom it is known; `unknown` counts the others."""

    month: date
    customers: int
    unknown: int
    before: dict[str, Decimal]
    after: dict[str, Decimal]


def tried(assumptions: Assumptions) -> Tried | None:
    """Inside the caller's transaction; None before the first closed month."""
    newest = ClosedMonth.objects.first()
    if newest is None:
        return None
    last = Customer.objects.aggregate(last=Max("pk"))["last"] or 0
    said = parameters(newest.month, assumptions) | {"low": 0, "high": last + 1}
    prepare(said)
    after, before = _summed(valued(), said), _summed(STORED, said)
    return Tried(
        month=newest.month,
        customers=sum(row["customers"] for row in after),
        unknown=sum(row["unknown"] for row in after),
        before={row["currency"]: row["value"] for row in before},
        after={row["currency"]: row["value"] for row in after},
    )


def _summed(valued: str, said: dict[str, Any]) -> list[dict[str, Any]]:
    return rows_of_text(text_of(SQL / "tried.sql").format(valued=valued), **said)
