"""Property tests: marked as such, since they run 200 examples in the suite and 10,000 in `make drill`, and swept after.

The examples of a test are undone one by one within one transaction. Until it ends nobody tells autovacuum of the rows that
they leave behind, in the catalogue and in the tables that they fill, and each night would be slower than the one before.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import OperationalError, connection

SECONDS = 15
GROWN = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relpersistence = 'p' AND NOT relisshared AND pg_relation_size(oid) > 128 * 1024
"""
SWEEP = "VACUUM (SKIP_LOCKED, TRUNCATE FALSE)"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.property)


@pytest.fixture(autouse=True)
def _swept(request: pytest.FixtureRequest) -> Iterator[None]:
    """While a property of the database runs, another connection clears away what its examples left."""
    if not request.node.get_closest_marker("property") or "db" not in request.fixturenames:
        yield
        return
    ended = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        sweeping = pool.submit(_sweep, ended)
        yield
        ended.set()
    sweeping.result()


def _sweep(ended: threading.Event) -> None:
    try:
        while not ended.wait(SECONDS):
            # a table that the test itself changes is locked until its transaction ends, which waits for this here
            with suppress(OperationalError), connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
                cursor.execute(GROWN)
                cursor.execute(f"{SWEEP} {', '.join(name for (name,) in cursor.fetchall())}")
    finally:
        connection.close()
