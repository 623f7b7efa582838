"""Reach beside role and book: the book of a manager, or a branch, until a day."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Kind
from crm.approvals.models import Proposal
from crm.approvals.people.reading import branch_named, branch_of, named, only, subject, user_of
from crm.base.days import midnight
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import Reach, User
from crm.identity.services import grant_reach
from crm.identity.services.reach import REACHES_NOBODY

LONGEST = timedelta(days=366)


def validate(content: Any) -> None:
    only(content, "username", "owner", "branch", "until")
    user = user_of(content)
    if not user.is_active or user.role in REACHES_NOBODY:
        raise RuleBroken(_("This role reaches no customer."), field="username")
    owner = user_of(content, "owner") if content.get("owner") else None
    branch = branch_of(content)
    if (owner is None) == (branch is None):
        raise RuleBroken(_("Name one book or one branch."), field="owner")
    if owner == user:
        raise RuleBroken(_("The own book is in reach already."), field="owner")
    today = timezone.localdate()
    if not today <= _until(content) <= today + LONGEST:
        raise RuleBroken(_("Reach ends on a day from today on, within a year."), field="until")


def _until(content: dict[str, str]) -> date:
    """The last day of it."""
    try:
        return date.fromisoformat(content.get("until", ""))
    except ValueError:
        raise RuleBroken(_("A date, such as 2026-12-31, belongs here."), field="until") from None


def apply(proposal: Proposal, by: User) -> Reach:
    content = proposal.content
    return grant_reach(
        user=user_of(content),
        cause=Reach.Cause.GRANT,
        owner=user_of(content, "owner") if content.get("owner") else None,
        branch=branch_of(content),
        until=midnight(_until(content) + timedelta(days=1)),
        by=by,
        reason=proposal.reason,
        proposal=proposal,
    )


def sentences(proposal: Proposal) -> tuple[str, str]:
    content = proposal.content
    if content.get("owner"):
        who = _("%(person)s reaches the book of %(owner)s.")
    else:
        who = _("%(person)s reaches the branch %(branch)s.")
    names = {
        "person": named(content),
        "owner": named(content, "owner"),
        "branch": branch_named(content.get("branch", "")),
    }
    return who % names, _("It ends by itself after %(day)s.") % {"day": said_day(_until(content))}


REACH = Kind("reach", gettext_lazy("Reach"), validate=validate, apply=apply, sentences=sentences, subject=subject)
