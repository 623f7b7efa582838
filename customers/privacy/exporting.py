"""A subject export: asked for, made by a worker part by part, kept sealed, taken along, and let go."""

import json
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import notify
from crm.jobs import services as jobs
from crm.jobs.models import Run
from customers.imports.services import working_on
from customers.models import Customer, SubjectExport
from customers.privacy.holds import subjects
from customers.privacy.periods import EXPORT_DAYS
from customers.privacy.requests import said
from customers.privacy.telling import Told, told, untold
from customers.privacy.told import WITHHELD
from customers.statements.forms import language_of

log = structlog.get_logger(__name__)
FORMAT = 1


@transaction.atomic
def ask_export(*, customer: Customer, reason: str, by: User, at: datetime, ring: Any = None) -> SubjectExport:
    """Queue it; `ring(run_id)` tells a worker once that is so. One at a time for each customer."""
    customer = Customer.objects.for_change(customer)
    if SubjectExport.objects.filter(customer=customer, run__in=Run.objects.unfinished()).exists():
        raise RuleBroken(_("An export of this customer is being made already."))
    run = Run.objects.create(kind=Run.Kind.DISCLOSURE, started_by=by, rows_total=len(told()))
    export = SubjectExport.objects.create(
        customer=customer, run=run, reason=said(reason), language=language_of(customer), asked_at=at, asked_by=by
    )
    audit.record("subject_export.asked", export, by=by, reason=export.reason)
    if ring:
        transaction.on_commit(partial(ring, run.pk))
    return export


def make(run: Run) -> None:
    """What a worker does with a queued export, or with one whose worker died: all of it, and then it is there at once."""
    with working_on(run) as free:
        if not free or not run.is_under_way:
            return
        export = SubjectExport.objects.select_related("customer", "asked_by").get(run=run)
        Run.objects.filter(pk=run.pk).update(status=Run.Status.RUNNING, started_at=timezone.now(), rows_done=0)
        try:
            _keep(export, run, content_of(export, progress=partial(_progress, run)))
        except Exception as error:
            log.exception("subject export failed", run=run.pk)
            jobs.fail(run=run, message=type(error).__name__)


def _progress(run: Run, parts: int) -> None:
    Run.objects.filter(pk=run.pk).update(rows_done=parts)


@transaction.atomic
def _keep(export: SubjectExport, run: Run, content: dict[str, Any]) -> None:
    customer = Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=export.customer_id)
    if customer.erased_on is not None:
        raise RuleBroken(_("This customer was erased: nothing is written under the number any more."))
    now = timezone.now()
    export.content = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    export.rows = sum(len(part["rows"]) for part in content["parts"])
    export.ready_at, export.expires_at = now, now + timedelta(days=EXPORT_DAYS)
    export.save(update_fields=["content", "rows", "ready_at", "expires_at"])
    run.refresh_from_db()
    jobs.end(run=run, status=Run.Status.COMPLETED, result={"rows": export.rows})
    text = _("The subject export of customer %(number)s is ready.") % {"number": customer.number}
    notify(users=[export.asked_by], text=text, url=f"/subject-exports/{export.pk}/", at=now)


def content_of(export: SubjectExport, *, progress: Any = None) -> dict[str, Any]:
    """Everything, in the customer's language: parts with their rows, the labels of their fields and the words of codes."""
    ids = subjects(export.customer)
    with translation.override(export.language):
        parts = []
        for number, part in enumerate(told(), start=1):
            parts.append(_part(part, ids, export.customer.kind))
            if progress:
                progress(number)
        reasons = [str(each.because) for each in untold() if each.is_said]
        return {
            "format": FORMAT,
            "bank": settings.CRM_BRAND,
            "customer": export.customer.number,
            "number": export.number,
            "asked_at": export.asked_at,
            "language": export.language,
            "parts": parts,
            "withheld": [*(str(text) for text in WITHHELD), *dict.fromkeys(reasons)],
        }


def _part(part: Told, ids: list[int], kind: str) -> dict[str, Any]:
    rows, fields = list(part.rows(ids)), part.labels(kind)
    return {"name": part.name, "label": str(part.label), "fields": fields, "words": part.words(), "rows": rows}


@transaction.atomic
def take_along(*, export: SubjectExport, kind: str, by: User, at: datetime) -> dict[str, Any]:
    """What the file says; the trail knows who took it. Only who asked for it or a head, and only while it is kept."""
    if by.pk != export.asked_by_id and by.role != User.Role.HEAD:
        raise RuleBroken(_("Only who asked for an export takes it along, or a head of the branch."), code="not_yours")
    if not export.is_kept or (export.expires_at and export.expires_at <= at):
        raise RuleBroken(_("This export is not kept any more. Ask for a new one."), code="gone")
    audit.record(
        "subject_export.taken", export, by=by, kind=Event.Kind.EXPORT, reason=export.reason, form=kind, rows=export.rows
    )
    return dict(json.loads(export.content))


@transaction.atomic
def let_go(*, at: datetime) -> int:
    """Once a day by beat: the content of what was kept long enough; that it was made stays known. How many."""
    expired = list(SubjectExport.objects.expired(at=at).defer("content").order_by("pk"))
    for export in expired:
        audit.record("subject_export.let_go", export, by="subject exports")
    return SubjectExport.objects.filter(pk__in=[export.pk for export in expired]).update(content="")
