"""Steps that several kinds share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm.base.sql import text_of
from customers.imports.kinds import Job, Step
from customers.imports.stage import execute

SQL = Path(__file__).with_name("sql")


def statement(name: str, *, only_with: str = "", nested_loops: bool = False) -> Step:
    """The step that runs a file of `sql/`; where `only_with` is named, only if the file has that column."""

    def step(job: Job) -> int | None:
        if only_with and only_with not in job.given:
            return None
        return run(name, nested_loops=nested_loops)

    return step


def run(name: str, *, nested_loops: bool = False, replaced: dict[str, str] | None = None, **parameters: Any) -> int:
    text = text_of(SQL / f"{name}.sql")
    for mark, sql in (replaced or {}).items():
        text = text.replace("{" + mark + "}", sql)
    if nested_loops:
        with only_nested_loops():
            return execute(text, parameters or None)
    return execute(text, parameters or None)


@contextmanager
def only_nested_loops() -> Iterator[None]:
    """Look up each row of the file by index: the cost follows the file, not the table, however large that grows."""
    execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off")
    try:
        yield
    finally:
        execute("SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on; SET LOCAL enable_seqscan = on")
