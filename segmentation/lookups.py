"""Values that stand in rows of their own: looked up for one customer in one query, and only where a rule asks for them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crm.base.sql import rows_of_text
from customers.models import Customer
from segmentation.night.months import known_month
from segmentation.rules import FIELDS


def looked_up(customer: Customer, names: Iterable[str], day: date) -> dict[str, Any]:
    """The named values at the data date, of those that stand neither in the facts nor on the customer."""
    asked = [field for field in map(FIELDS.__getitem__, dict.fromkeys(names)) if field.stands_apart]
    if not asked:
        return {}
    columns = ", ".join(f"{field.column} AS {field.name}" for field in asked)
    text = f"SELECT {columns} FROM customers_customer c WHERE c.id = %(customer)s"  # noqa: S608  the registry's columns
    return rows_of_text(text, customer=customer.pk, day=day, known_month=known_month())[0]
