"""Writing versions of the contact plan. A version never changes afterwards."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.digests import digest
from managers.cadence.plan import Plan, refuse_unknown
from managers.cadence.runs import open_run
from managers.models import ContactPlan
from segmentation.services.publishing import Start, next_number, said_already


@transaction.atomic
def publish_plan(*, content: dict[str, Any], by: Any, day: date, proposal: Proposal | None = None) -> ContactPlan:
    """From a day on; where that has come, a run is opened that reckons what it asks (runs.py). Raises RuleBroken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('contact plans'))")
    refuse_unknown(Plan.parse(content))
    start, hashed = Start(day, is_asked=True, by=by, proposal=proposal), digest(content)
    if same := said_already(ContactPlan.objects, start, hashed):
        return same
    version = ContactPlan.objects.create(
        number=next_number(ContactPlan.objects), content=content, content_hash=hashed, **start.columns
    )
    audit.record("contact_plan.published", version, by=by, effective_from=str(day), hash=hashed)
    if day <= timezone.localdate():
        open_run(plan=version, by=by)
    return version
