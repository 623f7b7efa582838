"""The end of an assignment or an absence, and of the reach that came with it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services.reach import end_reach
from managers.models import Absence, Assignment


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User | str, at: datetime, reason: str = "") -> None:
    """From this day on they look after the customer no more; what has not begun goes.

    A primary is not ended here: the customer gets another one, or none, by assign_manager.
    """
    assignment = Assignment.objects.for_change(assignment)
    day = timezone.localdate(at)
    if assignment.role == Assignment.Role.PRIMARY:
        raise RuleBroken(_("A primary ends when the customer is given to somebody else."))
    if assignment.until is not None and assignment.until <= day:
        raise RuleBroken(_("This has ended already."))
    audit.record(
        "assignment.ended",
        assignment,
        by=by,
        customer_id=assignment.customer_id,
        manager=assignment.manager.username,
        role=assignment.role,
        reason=reason,
    )
    end_dated(row=assignment, by=by, at=at)


def end_dated(*, row: Assignment | Absence, by: User | str, at: datetime) -> None:
    """The row ends on the day, and its reach at the moment; what has not begun by then goes."""
    reach, day = row.reach, timezone.localdate(at)
    if row.since >= day:
        row.delete()
    else:
        row.until = day
        row.save(update_fields=["until"])
    if reach:
        end_reach(reach=reach, by=by, at=at)
