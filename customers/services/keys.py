"""Turning the ring of keys: what is encrypted moves under the first key, so that an old one can leave the ring."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from psycopg2.extras import execute_values

from crm.audit import services as audit
from crm.base.crypto import first_key, seal, sealed_columns, unseal
from crm.base.sql import rows_of_text, text_of
from customers.models import Contact, DocumentImage, Erasure, SubjectExport

FOUND = Path(__file__).resolve().parent.parent / "sql" / "sealed_under_old_keys.sql"
BATCH = 5_000
# how many rows are held in memory at once where they are large
SIZES: Mapping[type[Model], int] = {DocumentImage: 20, SubjectExport: 20, Erasure: 500}


def rotate_keys(*, by: Any, batch: int = BATCH) -> int:
    """Encrypt anew what is under another key than the first, a transaction per batch; how many customers' contact data.

    Broken off, it goes on where it stopped. Raises KeyError for a value whose key has left the ring already.
    """
    turned = {model: _rotate(model, columns, size=min(batch, SIZES.get(model, batch))) for model, columns in sealed()}
    customers = turned.pop(Contact)
    said: dict[str, Any] = {"customers": customers, "key": first_key()}
    if others := {model._meta.label_lower: count for model, count in turned.items() if count}:
        said["others"] = others
    with transaction.atomic():
        audit.record("keys.rotated", "customers.contact", by=by, **said)
    return customers


def sealed() -> Iterator[tuple[type[Model], tuple[str, ...]]]:
    """Every table in which something is encrypted, whichever app it is of, histories too, with the columns."""
    for model in apps.get_models():
        if not model._meta.proxy and (columns := sealed_columns(model)):
            yield model, columns


def _rotate(model: type[Model], columns: tuple[str, ...], *, size: int) -> int:
    """How many rows had a value under an old key."""
    done, after = 0, 0
    while found := _rotate_batch(model, columns, after=after, size=size):
        done, after = done + found[0], found[1]
    return done


@transaction.atomic
def _rotate_batch(model: type[Model], columns: tuple[str, ...], *, after: int, size: int) -> tuple[int, int] | None:
    """How many, and the last key; None where nothing is left."""
    table, key = model._meta.db_table, model._meta.pk.column
    old = " OR ".join(f"({name} <> '' AND get_byte({name}, 0) <> %(key)s)" for name in columns)
    text = text_of(FOUND).format(table=table, pk=key, columns=", ".join(columns), old=old)
    rows = rows_of_text(text, after=after, size=size, key=first_key())
    if not rows:
        return None
    sets = ", ".join(f"{name} = v.{name}" for name in columns)
    names = ", ".join(("pk", *columns))
    anew = f"UPDATE {table} AS t SET {sets} FROM (VALUES %s) AS v ({names}) WHERE t.{key} = v.pk"  # noqa: S608  names of ours
    with connection.cursor() as cursor:
        values = [(row["pk"], *(_anew(row[name]) for name in columns)) for row in rows]
        execute_values(cursor.cursor, anew, values, page_size=size)
    return len(rows), rows[-1]["pk"]


def _anew(sealed: memoryview) -> bytes:
    return seal(unseal(bytes(sealed))) if len(sealed) else b""
