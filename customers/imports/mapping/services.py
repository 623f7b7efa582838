"""Verbs on the columns of an upload that waits for its uploader."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from customers.imports.kinds import kind_of
from customers.imports.mapping.checking import parsed, problems, standing
from customers.imports.mapping.definition import Mapping
from customers.imports.mapping.profiles import change_profile, create_profile
from customers.imports.mapping.survey import Survey, survey
from customers.imports.opening import unmapped
from customers.models import ImportBatch, ImportProfile


@transaction.atomic
def map_columns(
    *, batch: ImportBatch, columns: dict[str, Any], by: Any, profile: ImportProfile | None = None
) -> ImportBatch:
    """What becomes of the columns of an upload. One that is not complete is kept too; only a complete one is taken in."""
    run = Run.objects.select_for_update(no_key=True).get(pk=batch.run_id)
    if run.status != Run.Status.WAITING:
        raise RuleBroken(_("This file is being taken in already."))
    batch.mapping = parsed(columns).as_json()
    batch.profile = profile if profile and profile.columns == batch.mapping else None
    batch.save(update_fields=["mapping", "profile"])
    audit.record("import.mapped", batch, by=by, feed=batch.kind, profile=batch.profile.name if batch.profile else "")
    return batch


@transaction.atomic
def map_and_keep(
    *, batch: ImportBatch, columns: dict[str, Any], name: str, by: Any, replaces: bool = False
) -> ImportProfile:
    """The same, kept under a name for the next file. A name that is taken is refused unless the new one `replaces` it."""
    known = ImportProfile.objects.filter(kind=batch.kind, name=name.strip()).first()
    if known and replaces:
        profile = change_profile(profile=known, columns=columns, by=by)
    else:
        profile = create_profile(kind=batch.kind, name=name, columns=columns, by=by)
    map_columns(batch=batch, columns=profile.columns, profile=profile, by=by)
    return profile


def is_ready(batch: ImportBatch) -> bool:
    """Whether it is said of each field that must be there where it comes from; a plain file says so itself."""
    if batch.mapping:
        kind = kind_of(batch.kind)
        return not problems(kind, standing(kind, Mapping.of(batch.mapping)))
    return not batch.survey or Survey.of(batch.survey).is_plain


def survey_of(batch: ImportBatch) -> Survey:
    """What the upload shows of itself; looked at once."""
    if not batch.survey:
        keep_survey(batch, is_plain=not batch.mapping)
    return Survey.of(batch.survey)


def keep_survey(batch: ImportBatch, *, is_plain: bool) -> None:
    kind = kind_of(batch.kind)
    source = unmapped(Path(batch.file.path), kind, batch.encoding or None)
    batch.survey = survey(kind, source, is_plain=is_plain).as_json()
    batch.save(update_fields=["survey"])
