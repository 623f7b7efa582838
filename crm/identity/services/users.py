"""Accounts of people. A person gives a role, a branch or a login only by an approved proposal; set-up needs none."""

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.mandates import demand
from crm.identity.models import ApiToken, Branch, Reach, User

AT_A_BRANCH = (User.Role.TELLER, User.Role.HEAD)
WIDENING = {"role", "branch", "is_active"}


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
    proposal: Any = None,
) -> User:
    """Without a password nobody can sign in to the account until one is set."""
    _refuse_unknown(role=role, branch=branch, language=language)
    demand("role", by=by, proposal=proposal, username=username, role=role, branch=branch.code if branch else "")
    user = User(username=username, name=name, role=role, branch=branch, language=language, is_staff=is_staff)
    user.set_password(password)
    user.save()
    audit.record("user.opened", user, by=by, role=role, branch=branch.code if branch else "")
    return user


@transaction.atomic
def change_user(*, user: User, by: User | str, proposal: Any = None, **changes: object) -> User:
    """Change name, role, branch, language or is_active. Who gets another role or branch, or leaves, loses granted reach.

    To take a role away or to close an account no proposal is needed, to give or open one is.
    """
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
    if user.role != User.Role.NONE and user.is_active and differing.keys() & WIDENING:
        branch = user.branch.code if user.branch else ""
        demand("role", by=by, proposal=proposal, username=user.username, role=user.role, branch=branch)
    user.save(update_fields=list(differing))
    if differing.keys() & WIDENING:
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


@transaction.atomic
def reset_login(*, user: User, by: User | str, proposal: Any = None) -> None:
    """Void password, sessions and tokens; a link of `first_password_path` lets the person set a new password."""
    demand("login_reset", by=by, proposal=proposal, username=user.username)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    ApiToken.objects.filter(user=user).delete()
    audit.record("user.login_reset", user, by=by)


def first_password_path(user: User) -> str:
    """Where the person sets a password. Holds for a day and until one is set; it is as good as the login itself."""
    uid, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    return reverse("password_set", args=[uid, token])


def _refuse_unknown(*, role: str, branch: Branch | None, language: str) -> None:
    if role not in User.Role.values:
        raise RuleBroken(_("There is no role %(role)s.") % {"role": role}, field="role")
    if role in AT_A_BRANCH and branch is None:
        raise RuleBroken(_("Branch staff and heads need a branch."), field="branch")
    if language and language not in dict(settings.LANGUAGES):
        raise RuleBroken(_("There is no language %(language)s.") % {"language": language}, field="language")
