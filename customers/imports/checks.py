"""What is wrong with each staged row, found by sets: one pass for the cells, then what only the whole file can show."""

from crm.base.sql import scalar
from customers.imports.columns import Column
from customers.imports.kinds import Job
from customers.imports.stage import execute


def check(job: Job) -> None:
    """Makes import_rows (line, values, ok) of import_stage, and adds to import_bad."""
    check_cells(job)
    for step in job.kind.checks:
        known = scalar("SELECT count(*) FROM import_bad")
        step(job)
        if scalar("SELECT count(*) FROM import_bad") > known:
            strike()


def check_cells(job: Job) -> None:
    """What a part of the file can tell: each row by itself, and keys that come twice."""
    columns = job.kind.staged_columns(job.present)
    execute("ANALYZE import_stage")
    for column in columns:
        if statement := column.before():
            execute(statement)
    execute(typed_rows(job, columns))
    execute("ANALYZE import_rows")
    execute(cells(columns))
    for fold in job.kind.folds:
        fold(job)
    if execute(duplicates(job)):
        strike()


def typed_rows(job: Job, columns: list[Column]) -> str:
    """One pass over the stage. OFFSET 0 keeps the inner select apart, so that each cell is judged once."""
    inner = [f'{column.problem()} AS "e_{column.name}"' for column in columns]
    inner += [f'{column.found()} AS "r_{column.name}"' for column in columns if column.found()]
    values = [f'{column.value()} AS "v_{column.name}"' for column in columns]
    values += [f'{sql} AS "v_{name}"' for name, sql in (job.kind.computed | job.kind.extras).items()]
    fine = " AND ".join(f'"e_{column.name}" IS NULL' for column in columns)
    errors = ", ".join(f'"e_{column.name}"' for column in columns)
    return f"""
        CREATE TEMP TABLE import_rows ON COMMIT DROP AS
        SELECT line, {", ".join(values)}, {errors},
               {fine} AND line NOT IN (SELECT line FROM import_bad) AS ok
        FROM (SELECT s.*, {", ".join(inner)} FROM import_stage s {" ".join(column.join() for column in columns)}
              OFFSET 0) q"""


def cells(columns: list[Column]) -> str:
    """Each thing wrong with a cell, with as much of the cell as may be shown."""
    listed = ", ".join(f"('{column.name}', r.\"e_{column.name}\", {column.shown()})" for column in columns)
    return f"""
        INSERT INTO import_bad (line, "column", code, value)
        SELECT r.line, p."column", p.code, p.value
        FROM import_rows r JOIN import_stage s ON s.line = r.line
        CROSS JOIN LATERAL (VALUES {listed}) p("column", code, value)
        WHERE NOT r.ok AND p.code IS NOT NULL"""


def duplicates(job: Job) -> str:
    """The second and later rows with a key, whatever else is wrong with the first."""
    by_name = {column.name: column for column in job.kind.columns}
    keys = ", ".join(f'"v_{name}"' for name in job.kind.key)
    known = " AND ".join(f'"v_{name}" IS NOT NULL' for name in job.kind.key)
    same = " AND ".join(f'r."v_{name}" = d."v_{name}"' for name in job.kind.key)
    name = job.kind.key[0]
    return f"""
        INSERT INTO import_bad (line, "column", code, value)
        SELECT r.line, '{name}', 'duplicate', {by_name[name].shown()}
        FROM (SELECT {keys}, min(line) AS first FROM import_rows WHERE {known}
              GROUP BY {keys} HAVING count(*) > 1) d
        JOIN import_rows r ON {same} AND r.line > d.first
        JOIN import_stage s ON s.line = r.line"""


def strike() -> None:
    """Rows that were reported are out."""
    execute("UPDATE import_rows SET ok = false WHERE ok AND line IN (SELECT line FROM import_bad)")


def reject(condition: str, *, column: str, code: str, joins: str = "") -> int:
    """Report the rows `r` that are still good but meet the condition."""
    return execute(f"""
        INSERT INTO import_bad (line, "column", code, value)
        SELECT DISTINCT r.line, '{column}', '{code}', '' FROM import_rows r {joins} WHERE r.ok AND ({condition})""")
