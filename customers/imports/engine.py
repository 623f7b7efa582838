"""The way of every import: stage, check, write. Chunks are staged first, outside of any transaction; then everything
that is seen from outside happens in one transaction, so a killed import has changed nothing and can run again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from crm.base.measures import measure_doubtful
from crm.base.sql import scalar
from customers.imports import checks, upsert
from customers.imports.kinds import Job, Kind, Prepared
from customers.imports.mapping.translating import MappedSource, mapped_kind
from customers.imports.reading import Chunk, Source
from customers.imports.stage import add_bad, clean, copy_frame, execute, lay_out

LOCK = 0x6775_6962_696E  # one import writes at a time


@dataclass(frozen=True)
class Counts:
    rows: int
    rejected: int
    unchanged: int

    @property
    def accepted(self) -> int:
        return self.rows - self.rejected


def stage(job: Job, chunks: Iterable[Chunk], read: Callable[[int, float], None]) -> int:
    """COPY all chunks into import_stage; the number of records, broken ones included."""
    columns = [column.name for column in job.kind.staged_columns(job.present)] + job.told
    clean(job.kind.names)
    lay_out(columns)
    rows = 0
    for chunk in chunks:
        frame = chunk.frame
        for name in job.present - job.given:
            frame[name] = ""
        prepared = job.kind.prepare(frame) if job.kind.prepare else Prepared(frame)
        copy_frame(prepared.frame, columns)
        add_bad(prepared.errors)
        add_bad((line, "", code, "") for line, code in chunk.broken)
        rows += len(frame) + len(chunk.broken)
        read(len(frame) + len(chunk.broken), chunk.share)
    return rows


@transaction.atomic
def ensure_months(job: Job) -> None:
    """Partitions for the months of the file, before the transaction that fills them holds its locks."""
    if not job.kind.months_of:
        return
    day = next(column for column in job.kind.columns if column.name == job.kind.months_of)
    execute(str(day.before()))
    execute(f"""
        SELECT customers_ensure_months(month, month)
        FROM (SELECT DISTINCT date_trunc('month', found::timestamp)::date AS month FROM "import_{day.name}"
              WHERE found IS NOT NULL) m
        WHERE to_regclass('customers_transaction_' || to_char(month, 'YYYY_MM')) IS NULL""")


def apply(job: Job, rows: int) -> Counts:
    """Check and write what is staged; to be called in a transaction."""
    execute("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": LOCK})
    _keep_autovacuum_away(job.kind.table)
    # a small sample tells the planner enough, and costs a tenth
    execute("SET LOCAL default_statistics_target = 10; SET LOCAL work_mem = '64MB'")
    measure_doubtful()
    checks.check(job)
    for step in job.kind.before:
        step(job)
    touched = upsert.match(job)
    for step in job.kind.replacing:
        step(job)
    if execute("SELECT FROM import_effect WHERE NOT fresh LIMIT 1"):
        upsert.update(job)
    upsert.insert(job)
    # one account after another: a hash over every account of the file is slower
    execute("SET LOCAL enable_hashagg = off")
    for step in job.kind.after:
        step(job)
    execute("SET LOCAL enable_hashagg = on")
    measure_doubtful()
    rejected = scalar("SELECT count(DISTINCT line) FROM import_bad")
    return Counts(rows, rejected, rows - rejected - touched)


def _keep_autovacuum_away(table: str) -> None:
    """Until the end: it would count none of the rows that are being written, and call a table of many pages empty. By that the
    foreign keys that are asked for each row at the commit would be looked up in any index, the whole of it."""
    execute(f"LOCK TABLE {table} IN SHARE UPDATE EXCLUSIVE MODE")


def job_of(kind: Kind, source: Source, *, by: Any, today: date) -> Job:
    by_id, given = getattr(by, "pk", None), kind.names & set(source.header)
    if isinstance(source, MappedSource):
        return Job(mapped_kind(kind, source.mapping), given, by_id, today, source.unknown, source.mapping.told)
    return Job(kind, given, by_id, today, [name for name in source.header if name not in kind.names])
