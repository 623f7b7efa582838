"""Turning the ring of keys: contact data move under the first key, so that an old one can leave the ring."""

from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg2.extras import execute_values

from crm.audit import services as audit
from crm.base.crypto import decrypt, encrypt, first_key
from crm.base.sql import rows_of
from customers.models import ContactPerson, Merge

SQL = Path(__file__).resolve().parent.parent / "sql"
FIELDS = ("national_id", "phone", "email", "address")
BATCH = 5_000
WRITE = """
UPDATE customers_contact AS c
SET national_id = v.national_id, phone = v.phone, email = v.email, address = v.address
FROM (VALUES %s) AS v (customer_id, national_id, phone, email, address)
WHERE c.customer_id = v.customer_id
"""
PERSONS = """
SELECT * FROM customers_contactperson
WHERE (phone <> '' AND get_byte(phone, 0) <> %(key)s) OR (email <> '' AND get_byte(email, 0) <> %(key)s)
ORDER BY id FOR NO KEY UPDATE
"""


def rotate_keys(*, by: Any, batch: int = BATCH) -> int:
    """Encrypt anew what is under another key than the first, a transaction per batch; how many customers that were.

    Broken off, it goes on where it stopped. Raises KeyError for a value whose key has left the ring already.
    """
    done, after = 0, 0
    while found := _rotate_batch(after=after, size=batch):
        done, after = done + found[0], found[1]
    with transaction.atomic():
        for merge in Merge.objects.sealed().select_for_update(of=("self",), no_key=True):
            merge.save(update_fields=["before"])
        for person in ContactPerson.objects.raw(PERSONS, {"key": first_key()}):
            person.save(update_fields=["phone", "email"])
        audit.record("keys.rotated", "customers.contact", by=by, customers=done, key=first_key())
    return done


@transaction.atomic
def _rotate_batch(*, after: int, size: int) -> tuple[int, int] | None:
    """How many, and the last customer; None where nothing is left."""
    rows = rows_of(SQL / "contacts_under_old_keys.sql", after=after, size=size, key=first_key())
    if not rows:
        return None
    anew = [(row["customer_id"], *(_anew(row[field]) for field in FIELDS)) for row in rows]
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, WRITE, anew, page_size=size)
    return len(rows), rows[-1]["customer_id"]


def _anew(sealed: memoryview) -> bytes:
    return encrypt(decrypt(bytes(sealed))) if len(sealed) else b""
