"""Writing a version of what changes by proposal. A version never changes afterwards."""

from datetime import date
from typing import Any, TypeVar

from django.db import connection, transaction

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.digests import digest
from segmentation.services.publishing import Start, next_number
from service.models.levels import DatedVersion

V = TypeVar("V", bound=DatedVersion)


@transaction.atomic
def publish_version(
    model: type[V], *, name: str, content: dict[str, Any], by: Any, day: date, proposal: Proposal | None
) -> V:
    """From a day on; the one in force where it says the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
    start, hashed = Start(day, is_asked=True, by=by, proposal=proposal), digest(content)
    current = model.objects.in_force(day)
    if current and current.content_hash == hashed:
        return current
    version = model.objects.create(
        number=next_number(model.objects), content=content, content_hash=hashed, **start.columns
    )
    audit.record(f"{name}.published", version, by=by, effective_from=str(day), hash=hashed)
    return version
