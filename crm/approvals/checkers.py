"""Who may decide a proposal, and in whose place."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from crm.approvals.models import Deputy, Proposal
from crm.base.errors import RuleBroken
from crm.identity.models import User

GIVES = ("role", "login_reset")
PRESENT = (User.Role.APPROVER, User.Role.HEAD)


def forbidden(proposal: Proposal) -> set[int]:
    """Maker, subject, those who gave the maker's role or login, and whom the kind forbids."""
    given = Proposal.objects.filter(
        subject_user=proposal.maker_id, kind__in=GIVES, status=Proposal.Status.APPROVED
    ).values_list("maker_id", "checker_id")
    givers = {user for pair in given for user in pair}
    return {proposal.maker_id, proposal.subject_user_id or 0} | givers | proposal.what.forbidden_checkers(proposal)


def checkers_of(proposal: Proposal, *, at: datetime) -> list[User]:
    """Who has it: the approvers who may, but for one who is absent the deputies."""
    barred = forbidden(proposal)
    mandates = [one for one in mandates_at(at) if not {one.approver_id, one.deputy_id} & barred]
    absent = {one.approver_id for one in mandates}
    approvers = User.objects.filter(role=User.Role.APPROVER, is_active=True).exclude(pk__in=barred | absent)
    found = {user.pk: user for user in (*approvers.order_by("pk"), *(one.deputy for one in mandates))}
    return list(found.values())


def mandates_at(at: datetime) -> Iterable[Deputy]:
    holding = Deputy.objects.holding(at=at).filter(deputy__is_active=True, deputy__role__in=PRESENT)
    return holding.select_related("deputy", "approver").order_by("pk")


def place_of(proposal: Proposal, user: User, *, at: datetime) -> User | None:
    """None for an approver in the own right, else the approver in whose place the user decides. Raises RuleBroken."""
    barred = forbidden(proposal)
    if user.pk == proposal.maker_id:
        raise RuleBroken(_("Nobody decides what they proposed."), code="maker")
    if user.pk == proposal.subject_user_id:
        raise RuleBroken(_("Nobody decides about themselves."), code="subject")
    if user.pk in barred:
        raise RuleBroken(_("Nobody decides for someone whose role or login they gave."), code="barred")
    if not user.is_active:
        raise RuleBroken(_("Only an approver decides."), code="role")
    if user.role == User.Role.APPROVER:
        return None
    mandates = [one for one in mandates_at(at) if one.deputy_id == user.pk]
    for mandate in mandates:
        if mandate.approver_id not in barred:
            return mandate.approver
    if mandates:
        raise RuleBroken(_("A deputy decides nothing that the absent approver could not."), code="barred")
    raise RuleBroken(_("Only an approver decides."), code="role")


def may_decide(proposal: Proposal, user: User, *, at: datetime) -> bool:
    try:
        place_of(proposal, user, at=at)
    except RuleBroken:
        return False
    return proposal.is_open and at < proposal.expires_at


def is_checker(user: User, *, at: datetime) -> bool:
    """Whether anything can come to the user for decision: an approver, or the deputy of one."""
    return user.role == User.Role.APPROVER or any(one.deputy_id == user.pk for one in mandates_at(at))
