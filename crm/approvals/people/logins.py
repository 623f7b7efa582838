"""A login that is reset: by nobody alone, since whoever resets it could come in by it."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Kind
from crm.approvals.models import Proposal
from crm.approvals.people.reading import named, only, subject, user_of
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import first_password_path, reset_login

LINK_LASTS = timedelta(days=1)
WITH_LINK = ("role", "login_reset")


def validate(content: Any) -> None:
    only(content, "username")
    if not user_of(content).is_active:
        raise RuleBroken(_("This account is closed."), field="username")


def apply(proposal: Proposal, by: User) -> User:
    user = user_of(proposal.content)
    reset_login(user=user, by=by, proposal=proposal)
    return user


def sentences(proposal: Proposal) -> tuple[str, str]:
    who = _("The login of %(person)s is reset.") % {"person": named(proposal.content)}
    return who, _(
        "The old password and all tokens end; the person sets a new one by a link that the approver hands over."
    )


def has_link(proposal: Proposal, user: User, *, at: datetime) -> bool:
    """For a day the checker alone, never the maker, can hand over a link to an account that has no password."""
    if proposal.kind not in WITH_LINK or proposal.status != Proposal.Status.APPROVED or proposal.checker_id != user.pk:
        return False
    assert proposal.decided_at is not None
    person = User.objects.filter(username=proposal.content["username"], is_active=True).first()
    return person is not None and not person.has_usable_password() and at < proposal.decided_at + LINK_LASTS


def hand_over(*, proposal: Proposal, by: User, at: datetime) -> str:
    """The path of the link; that it was shown is in the audit trail, the link is not."""
    if not has_link(proposal, by, at=at):
        raise RuleBroken(_("There is no link to hand over."))
    user = user_of(proposal.content)
    audit.record("user.link_shown", user, by=by)
    return first_password_path(user)


LOGIN_RESET = Kind(
    "login_reset", gettext_lazy("Login reset"), validate=validate, apply=apply, sentences=sentences, subject=subject
)
