"""Who may decide a proposal, and in whose place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from crm.approvals.models import Deputy, Proposal
from crm.base.errors import RuleBroken
from crm.identity.models import User


def forbidden(proposal: Proposal, givers: set[int] | None = None) -> set[int]:
    """Maker, subject, those who gave the maker's role or login, and whom the kind forbids."""
    if givers is None:
        givers = _givers([proposal])[proposal.maker.username]
    own = {proposal.maker_id} | ({proposal.subject_user_id} if proposal.subject_user_id else set())
    return own | givers | proposal.what.forbidden_checkers(proposal)


def _givers(proposals: Iterable[Proposal]) -> dict[str, set[int]]:
    """By the maker's user name, since the proposal of a new account has no user yet."""
    names = {proposal.maker.username for proposal in proposals}
    given = Proposal.objects.giving().filter(content__username__in=names)
    found: dict[str, set[int]] = defaultdict(set)
    for name, maker, checker in given.values_list("content__username", "maker_id", "checker_id"):
        found[name] |= {maker, checker}
    return found


def holders(proposals: Sequence[Proposal], *, at: datetime) -> dict[int, list[User]]:
    """Who has each, by its id: the approvers who may decide it, but for one who is absent the deputies."""
    givers, mandates = _givers(proposals), list(mandates_at(at))
    approvers = list(User.objects.filter(role=User.Role.APPROVER, is_active=True).order_by("pk"))
    found = {}
    for proposal in proposals:
        barred = forbidden(proposal, givers[proposal.maker.username])
        held = [one for one in mandates if not {one.approver_id, one.deputy_id} & barred]
        absent = barred | {one.approver_id for one in held}
        users = [user for user in approvers if user.pk not in absent] + [one.deputy for one in held]
        found[proposal.pk] = list({user.pk: user for user in users}.values())
    return found


def checkers_of(proposal: Proposal, *, at: datetime) -> list[User]:
    return holders([proposal], at=at)[proposal.pk]


def mandates_at(at: datetime) -> Iterable[Deputy]:
    return Deputy.objects.holding(at=at).select_related("deputy", "approver").order_by("pk")


def place_of(proposal: Proposal, user: User, *, at: datetime) -> User | None:
    """None for an approver in the own right, else the approver in whose place the user decides. Raises RuleBroken."""
    barred = forbidden(proposal)
    if user.pk == proposal.maker_id:
        raise RuleBroken(_("Nobody decides what they proposed."), code="maker")
    if user.pk == proposal.subject_user_id:
        raise RuleBroken(_("Nobody decides about themselves."), code="subject")
    if user.pk in barred:
        raise RuleBroken(_("Nobody decides for someone whose role or login they gave."), code="barred")
    if user.is_active and user.role == User.Role.APPROVER:
        return None
    mandates = [one for one in mandates_at(at) if one.deputy_id == user.pk]
    for mandate in mandates:
        if mandate.approver_id not in barred:
            return mandate.approver
    if mandates:
        raise RuleBroken(_("A deputy decides nothing that the absent approver could not."), code="barred")
    raise RuleBroken(_("Only an approver decides."), code="role")


def may_decide(proposal: Proposal, user: User, *, at: datetime) -> bool:
    if not proposal.is_open or at >= proposal.expires_at:
        return False
    try:
        place_of(proposal, user, at=at)
    except RuleBroken:
        return False
    return True
