"""Steps that several kinds share."""

from pathlib import Path
from typing import Any

from crm.base.sql import text_of
from customers.imports.kinds import Job, Step
from customers.imports.stage import execute

SQL = Path(__file__).with_name("sql")


def statement(name: str, *, only_with: str = "") -> Step:
    """The step that runs a file of `sql/`; where `only_with` is named, only if the file has that column."""

    def step(job: Job) -> int | None:
        if only_with and only_with not in job.given:
            return None
        return run(name)

    return step


def run(name: str, *, replaced: dict[str, str] | None = None, **parameters: Any) -> int:
    sql = text(name)
    for mark, part in (replaced or {}).items():
        sql = sql.replace("{" + mark + "}", part)
    return execute(sql, parameters or None)


def text(name: str) -> str:
    """A statement, or a part of one, in `sql/`."""
    return text_of(SQL / f"{name}.sql")
