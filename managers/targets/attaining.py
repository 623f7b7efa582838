"""How far targets are reached: one statement for all of them, and what counts towards one, customer by customer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import cached_property

from crm.base.sql import rows_of, rows_of_text, text_of
from customers.models import Customer
from managers.models import Opportunity, Target

BY_NAME = {"name": "sort_key"}
SQL = Path(__file__).parent / "sql"
ATTAINED = SQL / "attained.sql"


def counted(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """target_id, customer_id, opportunity_id (None where it is no sale), amount."""
    return rows_of(ATTAINED, targets=[target.pk for target in targets], zone=settings.TIME_ZONE)


def with_attained(targets: Sequence[Target]) -> Sequence[Any]:
    """The same, each with `done` and `share`, in percent."""
    text = text_of(SQL / "sums.sql").replace("{attained}", text_of(ATTAINED))
    asked = {"targets": [target.pk for target in targets], "zone": settings.TIME_ZONE}
    sums = {row["target_id"]: row["done"] for row in rows_of_text(text, **asked)} if targets else {}
    for each in targets:
        _say(each, sums.get(each.pk, Decimal(0)))
    return targets


def _say(target: Any, done: Decimal) -> None:
    target.done = done
    target.share = (done * 100 / target.amount).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Counting:
    """What counts towards a target, for a reader: the customers in reach, and the rest in one sum; together the figure."""

    target: Any
    user: Any

    @cached_property
    def rows(self) -> dict[int, list[dict[str, Any]]]:
        """By customer; the target gets its `done` and `share`."""
        found: dict[int, list[dict[str, Any]]] = {}
        for row in counted([self.target]):
            found.setdefault(row["customer_id"], []).append(row)
        _say(self.target, sum((row["amount"] for rows in found.values() for row in rows), Decimal(0)))
        return found

    @property
    def customers(self) -> QuerySet:
        return Customer.objects.open_to(self.user).filter(pk__in=list(self.rows))

    @cached_property
    def away(self) -> list[dict[str, Any]]:
        """The rows of customers out of reach."""
        seen = set(self.customers.order_by().values_list("pk", flat=True))
        return [row for key, rows in self.rows.items() if key not in seen for row in rows]

    @property
    def away_sum(self) -> Decimal:
        return sum((row["amount"] for row in self.away), Decimal(0))

    def lines(self, customers: Iterable[Any]) -> list[Any]:
        """The same customers, each with `amount`, its `currency`, and the `sales` behind it."""
        shown = list(customers)
        keys = {row["opportunity_id"] for each in shown for row in self.rows[each.pk]}
        sales = Opportunity.objects.select_related("product").in_bulk(keys - {None})
        for each in shown:
            rows = self.rows[each.pk]
            each.amount = sum((row["amount"] for row in rows), Decimal(0))
            each.currency = self.target.currency
            each.sales = [sales[row["opportunity_id"]] for row in rows if row["opportunity_id"]]
        return shown
