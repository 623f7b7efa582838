"""Who looks after a customer beside the primary manager."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.days import midnight
from crm.base.errors import RuleBroken
from crm.identity.models import Reach, User
from crm.identity.services.alerts import notify
from crm.identity.services.reach import grant_reach
from customers.models import Customer
from customers.services import assign_manager
from customers.services.managers import refuse_assigning, refuse_unable
from managers.models import Assignment

# who may stand beside the primary, and as what
FITTING = {
    Assignment.Role.BACKUP: (User.Role.MANAGER,),
    Assignment.Role.SPONSOR: (User.Role.HEAD, User.Role.MANAGER),
}


@transaction.atomic
def appoint(
    *,
    customer: Customer,
    manager: User,
    role: str,
    since: date,
    by: User,
    at: datetime,
    until: date | None = None,
    reason: str = "",
) -> Assignment:
    """Let the manager look after the customer in a role from `since` to before `until`, with reach for just that time.

    A primary begins today and has no end: `assign_manager`, through this door. Raises RuleBroken.
    """
    refuse_assigning(by)
    if role == Assignment.Role.PRIMARY:
        return _make_primary(customer, manager, since, until, by, at, reason)
    customer = Customer.objects.for_change(customer)
    _refuse(customer, manager, role, since, until, timezone.localdate(at))
    made = Assignment.objects.create(
        customer=customer, manager=manager, role=role, since=since, until=until, reason=reason, made_by=by, made_at=at
    )
    _give_reach(made, by, at)
    audit.record(
        "assignment.made",
        made,
        by=by,
        customer_id=customer.pk,
        manager=manager.username,
        role=role,
        since=since.isoformat(),
        until=until.isoformat() if until else "",
        reason=reason,
    )
    _tell(made, by, at)
    return made


def _give_reach(made: Assignment, by: User, at: datetime) -> None:
    """To somebody else: who names themselves has the customer in reach."""
    if made.manager_id == by.pk:
        return
    days = moments(made.since, made.until, at)
    cause = Reach.Cause.ASSIGNMENT
    made.reach = grant_reach(user=made.manager, cause=cause, customer_id=made.customer_id, by=by, **days)
    made.save(update_fields=["reach"])


def moments(since: date, until: date | None, at: datetime) -> dict[str, Any]:
    """From when to when days give reach that is given now."""
    return {"since": max(at, midnight(since)), "until": midnight(until) if until else None}


def _make_primary(
    customer: Customer, manager: User, since: date, until: date | None, by: User, at: datetime, reason: str
) -> Assignment:
    if since != timezone.localdate(at) or until is not None:
        raise RuleBroken(
            _("A primary begins today, and has no end: somebody has the customer every day."), field="since"
        )
    assign_manager(customer=customer, manager=manager, by=by, at=at, reason=reason)
    return Assignment.objects.get(customer=customer, role=Assignment.Role.PRIMARY, until=None)


def _refuse(customer: Customer, manager: User, role: str, since: date, until: date | None, today: date) -> None:
    label = Assignment.Role(role).label
    if not manager.is_active or manager.role not in FITTING[Assignment.Role(role)]:
        said = {"user": manager, "role": label}
        raise RuleBroken(_("%(user)s can't be this: %(role)s.") % said, field="manager")
    if manager.pk == customer.manager_id:
        raise RuleBroken(_("%(user)s is the primary manager.") % {"user": manager}, field="manager")
    if role == Assignment.Role.BACKUP:
        refuse_unable({customer.pk: manager}, max(since, today))
    if since < today:
        raise RuleBroken(_("The past stays as it was: begin today or later."), field="since")
    if until is not None and until <= since:
        raise RuleBroken(_("The end lies after the beginning."), field="until")
    beside = Assignment.objects.filter(customer=customer).exclude(role=Assignment.Role.PRIMARY)
    other = beside.filter(Q(role=role) | Q(manager=manager)).overlapping(since, until).first()
    if other:
        said = {"role": other.get_role_display(), "user": other.manager}
        raise RuleBroken(_("%(role)s on some of these days is %(user)s. End that first.") % said, field="role")


def _tell(made: Assignment, by: User, at: datetime) -> None:
    if made.manager_id != by.pk:
        text = _("%(customer)s: you are named, %(role)s.") % {
            "customer": made.customer,
            "role": made.get_role_display(),
        }
        notify(users=[made.manager], text=text, url=f"/customers/{made.customer_id}/", at=at)
