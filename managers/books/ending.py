"""The end of an assignment, and of the reach that came with it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Reach, User
from crm.identity.services.reach import end_reach
from managers.models import Assignment


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
    for reach in reaches_of(assignment):
        end_reach(reach=reach, by=by, at=at)
    if assignment.since >= day:
        assignment.delete()
    else:
        assignment.until = day
        assignment.save(update_fields=["until"])


def reaches_of(assignment: Assignment) -> list[Reach]:
    """The reach that the assignment gives, from its first day on."""
    rows = Reach.objects.filter(
        user=assignment.manager_id, customer_id=assignment.customer_id, cause=Reach.Cause.ASSIGNMENT
    )
    return list(rows.order_by("pk"))
