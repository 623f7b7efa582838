"""How far targets are reached: one statement for all of them, whose rows can be looked at."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from crm.base.sql import rows_of
from managers.models import Target

SQL = Path(__file__).parent / "sql"


def counted(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """target_id, customer_id, opportunity_id (None where it is no sale), amount."""
    return rows_of(SQL / "attained.sql", targets=[target.pk for target in targets], zone=settings.TIME_ZONE)


def with_attained(targets: Sequence[Target]) -> Sequence[Any]:
    """The same, each with `done` and `share`, in percent."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in counted(targets) if targets else ():
        sums[row["target_id"]] += row["amount"]
    for each in targets:
        told: Any = each
        told.done = sums[each.pk]
        told.share = (told.done * 100 / each.amount).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return targets
