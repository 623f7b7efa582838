"""Empties the database after a test that commits. Django's flush knows nothing of partitioned and unmanaged tables."""

from django.db import OperationalError, connection
from django.test import TransactionTestCase

TABLES = """
SELECT format('%I.%I', n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
ORDER BY 1
"""


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def filled() -> set[str]:
    """The tables that migrations filled: they stay as they are."""
    with connection.cursor() as cursor:
        found = set()
        for name in tables():
            cursor.execute(f"SELECT EXISTS (SELECT FROM {name})")
            if cursor.fetchone()[0]:
                found.add(name)
        return found


def empty_after_tests_that_commit(kept: set[str]) -> None:
    def empty(_case: TransactionTestCase) -> None:
        names = [name for name in tables() if name not in kept]
        for last in (False, False, True):
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
                return
            except OperationalError:  # what a page that is being left had asked for is still being answered
                if last:
                    raise

    TransactionTestCase._fixture_teardown = empty
