"""Accounts of people. Roles are given by set-up commands; on pages and over REST accounts are read-only."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, Reach, User

AT_A_BRANCH = (User.Role.TELLER, User.Role.HEAD)


@transaction.atomic
def open_account(
    *,
    username: str,
    by: User | str,
    name: str = "",
    role: str = User.Role.NONE,
    branch: Branch | None = None,
    language: str = "",
    password: str | None = None,
    is_staff: bool = False,
) -> User:
    """Without a password nobody can sign in to the account until one is set."""
    _refuse_unknown(role=role, branch=branch, language=language)
    user = User(username=username, name=name, role=role, branch=branch, language=language, is_staff=is_staff)
    user.set_password(password)
    user.save()
    audit.record("user.opened", user, by=by, role=role, branch=branch.code if branch else "")
    return user


@transaction.atomic
def change_user(*, user: User, by: User | str, **changes: object) -> User:
    """Change name, role, branch, language or is_active. Who gets another role or branch, or leaves, loses granted reach."""
    allowed = {"name", "role", "branch", "language", "is_active"}
    if unknown := set(changes) - allowed:
        raise TypeError(f"change_user can't change {', '.join(sorted(unknown))}")
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    differing = {field: value for field, value in changes.items() if getattr(user, field) != value}
    if by == user and differing.keys() & {"role", "branch"}:
        raise RuleBroken(_("Nobody changes their own role or branch."))
    for field, value in differing.items():
        setattr(user, field, value)
    _refuse_unknown(role=user.role, branch=user.branch, language=user.language)
    user.save(update_fields=list(differing))
    if differing.keys() & {"role", "branch", "is_active"}:
        Reach.objects.filter(user=user).delete()
    if differing:
        said: dict[str, Any] = {field: str(value) for field, value in differing.items()}
        audit.record("user.changed", user, by=by, **said)
    return user


@transaction.atomic
def change_language(*, user: User, language: str, by: User) -> None:
    _refuse_unknown(role=user.role, branch=user.branch, language=language)
    user.language = language
    user.save(update_fields=["language"])
    audit.record("user.language_changed", user, by=by, language=language)


@transaction.atomic
def change_password(*, user: User, password: str, by: User) -> None:
    """The form has asked for the old one and weighed the new one."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("user.password_changed", user, by=by)


def _refuse_unknown(*, role: str, branch: Branch | None, language: str) -> None:
    if role not in User.Role.values:
        raise RuleBroken(_("There is no role %(role)s.") % {"role": role}, field="role")
    if role in AT_A_BRANCH and branch is None:
        raise RuleBroken(_("Branch staff and heads need a branch."), field="branch")
    if language and language not in dict(settings.LANGUAGES):
        raise RuleBroken(_("There is no language %(language)s.") % {"language": language}, field="language")
