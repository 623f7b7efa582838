"""Temporary tables of one import, and COPY into them."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import pandas as pd
from django.db import connection

TABLES = ("import_stage", "import_bad", "import_rows", "import_effect", "import_was", "import_front", "import_known")
SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def execute(sql: str, parameters: dict | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return max(cursor.rowcount, 0)


def clean(columns: Iterable[str] = ()) -> None:
    """Temporary tables live as long as the connection: drop what an import left."""
    names = [*TABLES, *(f"import_{name}" for name in columns)]
    execute("DROP TABLE IF EXISTS " + ", ".join(f'pg_temp."{name}"' for name in names))


def lay_out(columns: Sequence[str]) -> None:
    listed = ", ".join(f'"{name}" text NOT NULL' for name in columns)
    execute(f"CREATE TEMP TABLE import_stage (line bigint NOT NULL, {listed})")
    execute(
        'CREATE TEMP TABLE import_bad (line bigint NOT NULL, "column" text NOT NULL, code text NOT NULL, value text)'
    )


def copy_frame(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    copy("import_stage", ["line", *columns], [frame[name].tolist() for name in ("line", *columns)])


def copy(table: str, names: Sequence[str], values: Sequence[list[str]]) -> None:
    """COPY columns of texts. Most have nothing to escape, which is seen once for all."""
    rows = len(values[0])
    if not rows:
        return
    body = "\n".join(map("\t".join, zip(*values, strict=True)))
    plain = "\\" not in body and "\r" not in body
    if not plain or body.count("\n") != rows - 1 or body.count("\t") != rows * (len(values) - 1):
        escaped = [[text.translate(SPECIAL) for text in column] for column in values]
        body = "\n".join(map("\t".join, zip(*escaped, strict=True)))
    listed = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({listed}) FROM STDIN", BytesIO(body.encode()))


def add_bad(errors: Iterable[tuple[int, str, str, str]]) -> None:
    rows = [(str(line), *rest) for line, *rest in errors]
    if rows:
        copy("import_bad", ["line", "column", "code", "value"], [list(column) for column in zip(*rows, strict=True)])


def bad_rows() -> list[tuple[int, str, str, str]]:
    """What import_bad holds, to be taken along over a rollback."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT line, \"column\", code, coalesce(value, '') FROM import_bad")
        rows: list[tuple[int, str, str, str]] = cursor.fetchall()
        return rows


def replace_bad(rows: Iterable[tuple[int, str, str, str]]) -> None:
    execute("TRUNCATE import_bad")
    add_bad(rows)
