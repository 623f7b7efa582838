"""The door of imports, for the command, the page, REST, the worker and `load_berka`."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.sql import scalar
from crm.jobs import services as jobs
from crm.jobs.models import Run
from customers import feeds
from customers.imports import engine, errors
from customers.imports.kinds import Job, Kind, kind_of
from customers.imports.mapping.definition import mapping_of
from customers.imports.opening import opened, require
from customers.imports.progress import Progress
from customers.imports.reading import Source
from customers.imports.refusals import Refused
from customers.imports.result import Result
from customers.imports.stage import bad_rows, clean, replace_bad
from customers.models import ImportBatch, ImportProfile

LOCKS = 0x6775  # class of the advisory locks that say "somebody works on this run"


def import_file(
    *,
    kind: str,
    path: Path | str,
    by: Any,
    encoding: str | None = None,
    dry_run: bool = False,
    close_through: date | None = None,
    run: Run | None = None,
    profile: ImportProfile | None = None,
) -> Result:
    """Take a file in. Raises Refused where the whole file can't be taken, RuleBroken for wrong use.

    `by` is a user or the name of a command. Without `run` one is made, whose columns are mapped as the `profile` says; a
    run that has ended is not done again. The feed is closed only where no row was rejected: a partial feed must never
    downgrade anyone.
    """
    found, path = kind_of(kind), Path(path)
    if close_through and dry_run:
        raise RuleBroken(_("A trial run closes no feed."), field="close_through")
    if run is None:
        said = mapped_by(kind, profile)
        run = new_run(kind=kind, filename=path.name, by=by, dry_run=dry_run, close_through=close_through, **said)
    with working_on(run) as free:
        if not free or run.has_ended:
            return result_of(run)
        return _guarded(run, found, by, lambda: _read(run, found, path, encoding))


def import_source(*, kind: str, source: Source, filename: str, by: Any, close_through: date | None = None) -> Result:
    """The same for records that are in memory already."""
    found = kind_of(kind)
    run = new_run(kind=kind, filename=filename, by=by, close_through=close_through)
    with working_on(run):
        return _guarded(run, found, by, lambda: source)


@transaction.atomic
def new_run(
    *, kind: str, filename: str, by: Any, dry_run: bool = False, close_through: date | None = None, **more: Any
) -> Run:
    """A queued run with its batch; `more` are fields of the batch."""
    user = by if getattr(by, "pk", None) else None
    run = Run.objects.create(kind=Run.Kind.IMPORT, started_by=user, parameters={"kind": kind})
    ImportBatch.objects.create(
        run=run, kind=kind, filename=filename[:200], is_dry_run=dry_run, close_through=close_through,
        uploaded_by=user, **more,
    )  # fmt: skip
    return run


def mapped_by(kind: str, profile: ImportProfile | None) -> dict[str, Any]:
    """The fields of a batch whose file is mapped by a profile."""
    if profile is None:
        return {}
    if profile.kind != kind:
        raise RuleBroken(_("This profile is for files of another kind."), field="profile")
    return {"profile": profile, "mapping": profile.columns}


@contextmanager
def working_on(run: Run) -> Iterator[bool]:
    """Whether this connection may work on the run: one at a time, and free again when the connection is gone."""
    free = scalar("SELECT pg_try_advisory_lock(%(locks)s, %(run)s)", locks=LOCKS, run=run.pk)
    try:
        if free:
            run.refresh_from_db()
        yield free
    finally:
        if free:
            scalar("SELECT pg_advisory_unlock(%(locks)s, %(run)s)", locks=LOCKS, run=run.pk)


def result_of(run: Run) -> Result:
    batch = run.import_batch
    return Result(
        batch.rows, batch.accepted, batch.rejected, batch.unchanged, errors.listed(run), run.pk, batch.close_through
    )


def _read(run: Run, kind: Kind, path: Path, encoding: str | None) -> Source:
    source = opened(path, kind, encoding, mapping_of(run.import_batch.mapping))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    ImportBatch.objects.filter(run=run).update(sha256=digest, encoding=source.coding)
    return source


def _guarded(run: Run, kind: Kind, by: Any, open_source) -> Result:
    """Whatever ends an import early stands in its run."""
    Run.objects.filter(pk=run.pk).update(status=Run.Status.RUNNING, started_at=timezone.now(), rows_done=0, message="")
    try:
        return _perform(run, kind, by, open_source())
    except Refused as refused:
        jobs.fail(run=run, message=str(refused))
        ImportBatch.objects.filter(run=run).update(refused_code=refused.code)
        raise
    except Exception as error:
        if not connection.needs_rollback:
            jobs.fail(run=run, message=str(error) or type(error).__name__)
        raise


def _perform(run: Run, kind: Kind, by: Any, source: Source) -> Result:
    require(kind, source.header)
    job = engine.job_of(kind, source, by=by, today=timezone.localdate())
    try:
        rows = engine.stage(job, source.chunks(), Progress(run).read)
        engine.ensure_months(job)
        Run.objects.filter(pk=run.pk).update(message=_("Checking and writing"))
        if run.import_batch.is_dry_run:
            return _tried(run, job, rows, by)
        with transaction.atomic():
            counts = engine.apply(job, rows)
            result = _closed(run, job, counts, by)
    finally:
        if not connection.needs_rollback:
            clean(kind.names)
    return result


def _tried(run: Run, job: Job, rows: int, by: Any) -> Result:
    """Everything but the effect."""
    with transaction.atomic():
        counts = engine.apply(job, rows)
        found = bad_rows()
        transaction.set_rollback(True)
    with transaction.atomic():
        replace_bad(found)
        return _closed(run, job, counts, by)


def _closed(run: Run, job: Job, counts: engine.Counts, by: Any) -> Result:
    """Errors, counts, audit and the feed, in the transaction of the rows."""
    errors.keep(run, job.unknown, job.names)
    batch = run.import_batch
    batch.rows, batch.accepted = counts.rows, counts.accepted
    batch.rejected, batch.unchanged = counts.rejected, counts.unchanged
    batch.save(update_fields=["rows", "accepted", "rejected", "unchanged"])
    result = replace(result_of(run), closed_through=None)
    through = batch.close_through
    if through and not counts.rejected:
        feeds.close(kind=batch.kind, through=through, by=by)
        result = replace(result, closed_through=through)
    status = Run.Status.COMPLETED_WITH_ERRORS if counts.rejected else Run.Status.COMPLETED
    Run.objects.filter(pk=run.pk).update(rows_done=counts.rows, rows_total=counts.rows)
    jobs.end(run=run, status=status, result=result.counts())
    action = "import.tried" if batch.is_dry_run else "import.completed"
    audit.record(action, batch, by=by, feed=batch.kind, **dict[str, Any](result.counts()))
    return result
