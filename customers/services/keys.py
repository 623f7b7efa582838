"""Turning the ring of keys: what is encrypted moves under the first key, so that an old one can leave the ring."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from psycopg2.extras import execute_values

from crm.audit import services as audit
from crm.base.crypto import first_key, seal, unseal
from crm.base.sql import rows_of, rows_of_text, text_of
from customers.models import ContactPerson, Document, DocumentImage, Erasure, Merge, RegistrationDraft, SubjectExport

SQL = Path(__file__).resolve().parent.parent / "sql"
FIELDS = ("national_id", "phone", "email", "address")
BATCH = 5_000
WRITE = """
UPDATE customers_contact AS c
SET national_id = v.national_id, phone = v.phone, email = v.email, address = v.address
FROM (VALUES %s) AS v (customer_id, national_id, phone, email, address)
WHERE c.customer_id = v.customer_id
"""
# what else is encrypted, and how many rows are held in memory at once
SEALED: Sequence[tuple[type[Model], tuple[str, ...], int]] = (
    (Document, ("number", "holder"), BATCH),
    (DocumentImage, ("content",), 20),
    (Merge, ("before",), BATCH),
    (RegistrationDraft, ("typed",), BATCH),
    (ContactPerson, ("phone", "email"), BATCH),
    (SubjectExport, ("content",), 20),
    (Erasure, ("sealed",), 500),
)


def rotate_keys(*, by: Any, batch: int = BATCH) -> int:
    """Encrypt anew what is under another key than the first, a transaction per batch; how many customers' contact data.

    Broken off, it goes on where it stopped. Raises KeyError for a value whose key has left the ring already.
    """
    done, after = 0, 0
    while found := _rotate_batch(after=after, size=batch):
        done, after = done + found[0], found[1]
    others = {model._meta.label_lower: rotate_sealed(model, columns, size) for model, columns, size in SEALED}
    said: dict[str, Any] = {"customers": done, "key": first_key()}
    if turned := {label: count for label, count in others.items() if count}:
        said["others"] = turned
    with transaction.atomic():
        audit.record("keys.rotated", "customers.contact", by=by, **said)
    return done


def rotate_sealed(model: type[Model], columns: tuple[str, ...], size: int) -> int:
    """The encrypted columns of a table; how many rows had a value under an old key."""
    done, after = 0, 0
    while found := _rotate_rows(model._meta.db_table, columns, after=after, size=size):
        done, after = done + found[0], found[1]
    return done


@transaction.atomic
def _rotate_rows(table: str, columns: tuple[str, ...], *, after: int, size: int) -> tuple[int, int] | None:
    """How many, and the last key; None where nothing is left."""
    old = " OR ".join(f"({name} <> '' AND get_byte({name}, 0) <> %(key)s)" for name in columns)
    text = text_of(SQL / "sealed_under_old_keys.sql").format(columns=", ".join(columns), table=table, old=old)
    rows = rows_of_text(text, after=after, size=size, key=first_key())
    for row in rows:
        sets = ", ".join(f"{name} = %({name})s" for name in columns)
        values = {name: _anew(row[name]) for name in columns} | {"id": row["id"]}
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {sets} WHERE id = %(id)s", values)  # noqa: S608  names of ours
    return (len(rows), rows[-1]["id"]) if rows else None


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
    return seal(unseal(bytes(sealed))) if len(sealed) else b""
