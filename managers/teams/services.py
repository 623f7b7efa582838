"""Heads make teams of the managers in their branches."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, Team, User
from customers.forms.records import branches_of
from managers.books.naming import nameable
from managers.models import Assignment
from segmentation.checks import CODE


@transaction.atomic
def make_team(*, code: str, name: str, branch: Branch, members: Iterable[User], by: User) -> Team:
    """`code` stays, for policies name the team by it. Raises RuleBroken."""
    if not CODE.fullmatch(code):
        raise RuleBroken(_("a code of up to 32 small letters, digits, - and _ belongs here."), field="code")
    if Team.objects.filter(code=code).exists():
        raise RuleBroken(_("Another team has this code."), field="code")
    return _save(Team(code=code), name, branch, list(members), set(choices_of(None, by)), by)


@transaction.atomic
def change_team(*, team: Team, name: str, branch: Branch, members: Iterable[User], by: User) -> Team:
    """`members` are those of the branches of `by`: whoever is of another branch stays. Raises RuleBroken."""
    team = Team.objects.select_for_update(of=("self",), no_key=True).get(pk=team.pk)
    _refuse_branch(team.branch, by)
    others = list(others_of(team, by))
    return _save(team, name, branch, [*members, *others], {*choices_of(team, by), *others}, by)


def others_of(team: Team, user: User) -> QuerySet[User]:
    """The members who are of no branch of the user's."""
    own = User.objects.filter(branch__in=branches_of(user))
    return team.members.exclude(pk__in=own.values("pk")).order_by("name", "pk")


def choices_of(team: Team | None, user: User) -> QuerySet[User]:
    """Of the user's branches: the managers at work, and whoever is a member already, also with a closed account."""
    at_work = nameable(user, Assignment.Role.BACKUP)
    if team is None:
        return at_work
    is_member = Q(pk__in=team.members.values("pk"))
    own = User.objects.filter(branch__in=branches_of(user))
    return own.filter(is_member | Q(pk__in=at_work.order_by().values("pk"))).order_by("name", "pk")


def _save(team: Team, name: str, branch: Branch, members: list[User], choices: set[User], by: User) -> Team:
    _refuse_branch(branch, by)
    people = list(dict.fromkeys(members))
    for each in people:
        if each not in choices:
            text = _("%(user)s is no relationship manager of your branches.")
            raise RuleBroken(text % {"user": each}, field="members")
    if Team.objects.filter(name=name).exclude(pk=team.pk).exists():
        raise RuleBroken(_("Another team has this name."), field="name")
    is_new, team.name, team.branch = team.pk is None, name, branch
    team.save()
    others = team.members.exclude(role=User.Role.MANAGER)  # of a desk: they come and go by their profiles
    team.members.set([*people, *others])
    audit.record(
        "team.made" if is_new else "team.changed", team, by=by, code=team.code, members=[one.username for one in people]
    )
    return team


def _refuse_branch(branch: Any, by: User) -> None:
    if by.role != User.Role.HEAD or branch is None or not branches_of(by).filter(pk=branch.pk).exists():
        raise RuleBroken(_("A head makes teams of the own branches."), field="branch")
