"""Runs the statements that live in `.sql` files beside the code that calls them."""

from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def run_sql(path: Path, **parameters: Any) -> int:
    """Run one statement with named parameters (`%(name)s`); the number of rows it wrote or found."""
    with connection.cursor() as cursor:
        cursor.execute(_text(path), parameters)
        return max(cursor.rowcount, 0)


def rows_of(path: Path, **parameters: Any) -> list[dict[str, Any]]:
    """Run one statement and return its rows as dictionaries."""
    return rows_of_text(_text(path), **parameters)


def rows_of_text(text: str, **parameters: Any) -> list[dict[str, Any]]:
    """As `rows_of`, for a statement that was put together from a file and compiled rules."""
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def run_text(text: str, **parameters: Any) -> int:
    """As `run_sql`, for a statement that was put together from a file and compiled rules."""
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return max(cursor.rowcount, 0)


def row_of(*texts: str, **parameters: Any) -> tuple[Any, ...]:
    """What each of the statements, of one row and column, says: all in one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"({text})" for text in texts), parameters)
        return cursor.fetchone()


def scalar(text: str, **parameters: Any) -> Any:
    """The first column of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return cursor.fetchone()[0]


def text_of(path: Path) -> str:
    """The statement in a file, to be completed with compiled rules."""
    return _text(path)
