"""What a page costs: its number of queries, recorded in tests/query_counts.json; a change is a decision.

    with queries("customers:detail"):
        client.get(url)

`pytest --record-queries` writes the numbers instead of comparing them.
"""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

RECORD = Path(__file__).with_name("query_counts.json")
Price = Callable[[str], AbstractContextManager[None]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record-queries", action="store_true", help="write tests/query_counts.json")


def recorded() -> dict[str, int]:
    return json.loads(RECORD.read_text()) if RECORD.exists() else {}


def write(name: str, number: int) -> None:
    """Tests in other processes may write at the same moment."""
    with RECORD.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        prices = json.loads(file.read() or "{}") | {name: number}
        file.seek(0)
        file.truncate()
        file.write(json.dumps(prices, indent=2, sort_keys=True) + "\n")


@pytest.fixture
def queries(db: None, request: pytest.FixtureRequest) -> Price:
    """Counts the queries of a block and holds them to the recorded price of `name`."""

    @contextmanager
    def price(name: str) -> Iterator[None]:
        with CaptureQueriesContext(connection) as seen:
            yield
        if request.config.getoption("record_queries"):
            write(name, len(seen))
            return
        asked = "\n".join(query["sql"][:160] for query in seen.captured_queries)
        assert name in recorded(), f"{name} has no price yet: {len(seen)} queries; run with --record-queries\n{asked}"
        assert len(seen) == recorded()[name], f"{name} costs {len(seen)} queries, not {recorded()[name]}\n{asked}"

    return price
