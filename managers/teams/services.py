"""Heads make teams of the managers in their branches."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, Team, User
from customers.forms.records import branches_of
from segmentation.checks import CODE


@transaction.atomic
def make_team(*, code: str, name: str, branch: Branch, members: Iterable[User], by: User) -> Team:
    """`code` stays, for policies name the team by it. Raises RuleBroken."""
    if not CODE.fullmatch(code):
        raise RuleBroken(_("a code of up to 32 small letters, digits, - and _ belongs here."), field="code")
    if Team.objects.filter(code=code).exists():
        raise RuleBroken(_("Another team has this code."), field="code")
    return _save(Team(code=code), name, branch, members, by)


@transaction.atomic
def change_team(*, team: Team, name: str, branch: Branch, members: Iterable[User], by: User) -> Team:
    """Raises RuleBroken."""
    team = Team.objects.select_for_update(of=("self",), no_key=True).get(pk=team.pk)
    _refuse_branch(team.branch, by)
    return _save(team, name, branch, members, by)


def _save(team: Team, name: str, branch: Branch, members: Iterable[User], by: User) -> Team:
    _refuse_branch(branch, by)
    people = list(members)
    for each in people:
        if each.role != User.Role.MANAGER or not each.is_active:
            raise RuleBroken(_("%(user)s is no relationship manager.") % {"user": each}, field="members")
    if Team.objects.filter(name=name).exclude(pk=team.pk).exists():
        raise RuleBroken(_("Another team has this name."), field="name")
    is_new, team.name, team.branch = team.pk is None, name, branch
    team.save()
    team.members.set(people)
    audit.record(
        "team.made" if is_new else "team.changed", team, by=by, code=team.code, members=[one.username for one in people]
    )
    return team


def _refuse_branch(branch: Any, by: User) -> None:
    if by.role != User.Role.HEAD or branch is None or not branches_of(by).filter(pk=branch.pk).exists():
        raise RuleBroken(_("A head makes teams of the own branches."), field="branch")
