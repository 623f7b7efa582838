"""Reach beside role and book. Everything that widens it comes through here, is audited, and ends by itself."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.mandates import demand
from crm.identity.models import Branch, Reach, User

REACHES_NOBODY = (User.Role.ADMIN, User.Role.AGENCY, User.Role.NONE)
BY_ONESELF = (Reach.Cause.LOOKUP, Reach.Cause.CALL)


@transaction.atomic
def grant_reach(
    *,
    user: User,
    cause: str,
    until: datetime | None,
    by: User | str,
    customer_id: int | None = None,
    owner: User | None = None,
    branch: Branch | None = None,
    since: datetime | None = None,
    reason: str = "",
    proposal: Any = None,
) -> Reach:
    """Let `user` reach one customer, the book of `owner`, or a branch (not those below) from `since` (now) to `until`.

    The moment `until` is the first without reach; None is without end. What a person grants needs a proposal.
    """
    since = since or timezone.now()
    _refuse(user=user, cause=cause, by=by, things=[customer_id, owner, branch], since=since, until=until)
    if cause == Reach.Cause.GRANT:
        thing = {"owner": owner.username if owner else "", "branch": branch.code if branch else ""}
        demand("reach", by=by, proposal=proposal, username=user.username, **thing)
    reach = Reach.objects.create(
        user=user, owner=owner, branch=branch, customer_id=customer_id, cause=cause, starts_at=since, ends_at=until
    )
    _forget_scope(user)
    audit.record(
        "reach.granted",
        reach,
        by=by,
        customer_id=customer_id,
        user=user.username,
        cause=cause,
        owner=owner.username if owner else "",
        branch=branch.code if branch else "",
        since=since.isoformat(),
        until=until.isoformat() if until else "",
        reason=reason,
    )
    return reach


def _refuse(*, user: User, cause: str, by: User | str, things: list, since: datetime, until: datetime | None) -> None:
    if not user.is_active or user.role in REACHES_NOBODY:
        raise RuleBroken(_("This role reaches no customer."), field="user")
    if by == user and cause not in BY_ONESELF:
        raise RuleBroken(_("Nobody widens their own reach."), field="user")
    if things.count(None) != 2:
        raise RuleBroken(_("Name one customer, one book or one branch."))
    if until is not None and until <= since:
        raise RuleBroken(_("Reach must end after it starts."), field="until")


@transaction.atomic
def end_reach(*, reach: Reach, by: User | str, at: datetime | None = None) -> None:
    """End it now; what has ended stays as it was, what has not begun goes."""
    at = at or timezone.now()
    if reach.ends_at is not None and reach.ends_at <= at:
        return
    audit.record("reach.ended", reach, by=by, customer_id=reach.customer_id, user=reach.user.username)
    if reach.starts_at >= at:
        reach.delete()
    else:
        reach.ends_at = at
        reach.save(update_fields=["ends_at"])
    _forget_scope(reach.user)


def _forget_scope(user: User) -> None:
    """The scope that this request remembered on the user is out of date."""
    vars(user).pop("_scope", None)
