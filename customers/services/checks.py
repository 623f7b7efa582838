"""A field that somebody wrote is confirmed by that."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from crm.identity.models import User
from customers.completeness.fields import WANTED
from customers.models import Customer

CHECKED = {wanted.name for fields in WANTED.values() for wanted in fields}

CONFIRMED = """
INSERT INTO customers_fieldcheck (customer_id, field, confirmed_on, by_id)
SELECT %(customer)s, field, %(on)s, %(by)s FROM unnest(%(fields)s::text[]) AS field ORDER BY field
ON CONFLICT (customer_id, field) DO UPDATE
SET confirmed_on = greatest(excluded.confirmed_on, customers_fieldcheck.confirmed_on), asked_at = NULL, by_id = excluded.by_id
"""


def note_confirmed(customer: Customer, fields: Iterable[str], *, on: date, by: User | str) -> None:
    """Of those that are wanted of customers; whatever of them was to be asked is answered."""
    fields = sorted(CHECKED.intersection(fields))
    asked: dict[str, Any] = {
        "customer": customer.pk,
        "fields": fields,
        "on": on,
        "by": by.pk if isinstance(by, User) else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(CONFIRMED, asked)
