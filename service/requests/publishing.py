"""Writing versions of forms. A version never changes afterwards."""

from datetime import date
from typing import Any

from django.db import connection, transaction

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.digests import digest
from segmentation.services.publishing import Start, next_number
from service.models import RequestForm
from service.requests.definition import Form


@transaction.atomic
def publish_form(*, content: dict[str, Any], by: Any, day: date, proposal: Proposal | None = None) -> RequestForm:
    """From a day on. Raises RuleBroken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('request forms'))")
    form, hashed = Form.parse(content), digest(content)
    versions = RequestForm.objects.filter(code=form.code)
    current = versions.in_force(day).first()
    if current and current.content_hash == hashed:
        return current
    start = Start(day, is_asked=True, by=by, proposal=proposal)
    version = RequestForm.objects.create(
        code=form.code, number=next_number(versions), content=content, content_hash=hashed, **start.columns
    )
    audit.record("request_form.published", version, by=by, code=form.code, effective_from=str(day), hash=hashed)
    return version
