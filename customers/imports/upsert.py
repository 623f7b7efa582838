"""Writes the good rows: new ones inserted, those that differ updated, the others left alone."""

from customers.imports.columns import Column
from customers.imports.kinds import Job
from customers.imports.stage import execute


def written_columns(job: Job) -> dict[str, str]:
    """Column of the table -> expression over the checked row `r`."""
    columns = [column for column in job.kind.staged_columns(job.present) if column.target]
    return {column.target: column.written for column in columns} | {name: f'r."v_{name}"' for name in job.kind.computed}


def match(job: Job) -> int:
    """Makes import_effect: the rows that are new (`fresh`) or differ from what is there.

    Where the table `grows`, each row of the file is looked up by itself (OFFSET 0 keeps the planner from other ideas): the
    cost follows the file, however large the table is. Rows of which a check knows that they are new aren't looked up.
    """
    kind, written = job.kind, written_columns(job)
    differs = [f't."{name}" IS DISTINCT FROM {value}' for name, value in written.items() if value not in _keys(job)]
    differs += [sql for name, sql in kind.differs.items() if name in job.present]
    changed = " OR ".join(differs) or "false"
    first = _first_key(job)
    known = f"{kind.table} t ON {condition(job)}"
    if kind.grows:
        known = f"LATERAL (SELECT t.* FROM {kind.table} t WHERE {kind.perhaps} AND {condition(job)} OFFSET 0) t ON true"
    found = execute(f"""
        CREATE TEMP TABLE import_effect ON COMMIT DROP AS
        SELECT r.*, t."{first}" IS NULL AS fresh
        FROM import_rows r LEFT JOIN {known} {kind.match_join}
        WHERE r.ok AND (t."{first}" IS NULL OR {changed})""")
    execute("ANALYZE import_effect")
    return found


def insert(job: Job) -> int:
    kind, written = job.kind, written_columns(job)
    values = {name: sql for name, sql in kind.defaults.items() if name not in written} | written
    names = ", ".join(f'"{name}"' for name in values)
    order = f"ORDER BY {kind.order}" if kind.order else ""
    return execute(
        f"""
        INSERT INTO {kind.table} ({names})
        SELECT {", ".join(values.values())} FROM import_effect r WHERE r.fresh {order}""",
        job.parameters,
    )


def update(job: Job) -> int:
    kind = job.kind
    changed = {name: value for name, value in written_columns(job).items() if value not in _keys(job)} | kind.touched
    for name, columns in kind.touched_with.items():
        changed |= columns if name in job.given else {}
    if not changed:
        return 0
    listed = ", ".join(f'"{name}" = {value}' for name, value in changed.items())
    return execute(
        f"""
        UPDATE {kind.table} t SET {listed}
        FROM import_effect r WHERE NOT r.fresh AND {condition(job)}""",
        job.parameters,
    )


def condition(job: Job) -> str:
    """How a checked row `r` finds its row `t`."""
    if job.kind.match:
        return job.kind.match
    by_name = {column.name: column for column in job.kind.columns}
    return " AND ".join(f't."{by_name[name].target}" = r."v_{name}"' for name in job.kind.key)


def _keys(job: Job) -> set[str]:
    return set() if job.kind.match else {f'r."v_{name}"' for name in job.kind.key}


def _first_key(job: Job) -> str:
    by_name: dict[str, Column] = {column.name: column for column in job.kind.columns}
    return by_name[job.kind.key[0]].target
