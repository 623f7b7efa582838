"""Files that people upload: kept until they are taken in, shown masked, confirmed, and then deleted."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.jobs import services as jobs
from crm.jobs.models import Run
from customers.imports.kinds import Kind, kind_of
from customers.imports.mapping.checking import MOST_COLUMNS
from customers.imports.mapping.definition import mapping_of
from customers.imports.mapping.services import is_ready, keep_survey
from customers.imports.opening import opened
from customers.imports.refusals import Refused
from customers.imports.services import import_file, mapped_by, new_run, working_on
from customers.models import ImportBatch, ImportProfile


def upload(
    *,
    kind: str,
    file: UploadedFile,
    encoding: str,
    by: Any,
    dry_run: bool = False,
    close_through: date | None = None,
    profile: ImportProfile | None = None,
    may_map: bool = False,
) -> ImportBatch:
    """Keep the file with a run that waits for its uploader. Refused at once where it is no file of this kind, or of the
    profile; where the uploader `may_map` its columns they may be called anything.
    """
    found, said = kind_of(kind), mapped_by(kind, profile)
    if close_through and dry_run:
        raise RuleBroken(_("A trial run closes no feed."), field="close_through")
    if (file.size or 0) > settings.CRM_MAX_UPLOAD_BYTES:
        raise Refused("too_large", _("The file is larger than an upload may be."))
    with transaction.atomic():
        said |= {"encoding": encoding, "file": file, "dry_run": dry_run, "close_through": close_through}
        run = new_run(kind=kind, filename=file.name or "", by=by, **said)
        run.status = Run.Status.WAITING
        run.save(update_fields=["status"])
        audit.record("import.uploaded", run.import_batch, by=by, feed=kind)
    batch: ImportBatch = run.import_batch
    try:
        _look(batch, found, may_map=may_map and profile is None)
    except RuleBroken as refused:
        _end_early(run, str(refused))
        ImportBatch.objects.filter(run=run).update(refused_code=refused.code[:32])
        forget_file(batch)
        raise
    return batch


def _look(batch: ImportBatch, kind: Kind, *, may_map: bool) -> None:
    """Open the file; one whose columns are to be mapped is surveyed while somebody waits for it anyway."""
    path, encoding = Path(batch.file.path), batch.encoding or None
    try:
        source = opened(path, kind, encoding, mapping_of(batch.mapping))
    except Refused:
        if not may_map:
            raise
        keep_survey(batch, is_plain=False)
    else:
        if may_map and set(source.header) - kind.names and len(source.header) <= MOST_COLUMNS:
            keep_survey(batch, is_plain=True)


@transaction.atomic
def confirm(*, batch: ImportBatch, by: Any, ring: Any = None) -> None:
    """Queue the upload; `ring(run_id)` tells a worker once that is so. Confirmed twice, it runs once."""
    run = Run.objects.select_for_update(no_key=True).get(pk=batch.run_id)
    if run.status != Run.Status.WAITING:
        return
    if not is_ready(batch):
        raise RuleBroken(_("The columns of this file are not mapped yet."))
    run.status = Run.Status.QUEUED
    run.save(update_fields=["status"])
    audit.record("import.confirmed", batch, by=by, feed=batch.kind)
    if ring:
        transaction.on_commit(partial(ring, run.pk))


@transaction.atomic
def discard(*, batch: ImportBatch, by: Any) -> None:
    run = Run.objects.select_for_update(no_key=True).get(pk=batch.run_id)
    if run.status != Run.Status.WAITING:
        raise RuleBroken(_("This file is being taken in already."))
    _end_early(run, _("Discarded before it was taken in."))
    audit.record("import.discarded", batch, by=by, feed=batch.kind)
    transaction.on_commit(partial(forget_file, batch))


def _end_early(run: Run, message: str) -> None:
    """A run that nobody works on: it waited for its uploader."""
    Run.objects.filter(pk=run.pk, status=Run.Status.WAITING).update(
        status=Run.Status.FAILED, message=message[:300], finished_at=timezone.now()
    )


def take_in(run: Run) -> None:
    """What a worker does with a queued upload. Its file goes when nothing more can come of it."""
    batch = run.import_batch
    if run.has_ended:
        return
    if not batch.file:
        _give_up(run)
        return
    by = batch.uploaded_by or "import"
    try:
        import_file(kind=batch.kind, path=batch.file.path, by=by, encoding=batch.encoding or None, run=run)
    except RuleBroken:
        # the run says why; the file won't get better
        forget_file(batch)
        return
    run.refresh_from_db()
    if run.has_ended:
        forget_file(batch)


def _give_up(run: Run) -> None:
    """A command's import whose command is gone: only the command had the file, and nothing of it was written."""
    with working_on(run) as free:
        if free:
            jobs.fail(run=run, message=_("The command was stopped before it wrote anything."))


def forget_file(batch: ImportBatch) -> None:
    """Uploads hold plain contact data."""
    if batch.file:
        batch.file.delete(save=False)
        ImportBatch.objects.filter(pk=batch.pk).update(file="", survey={})
