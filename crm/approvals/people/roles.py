"""An account with a role, another role or branch, or an account that is opened again."""

from datetime import date
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Details, Kind
from crm.approvals.models import Proposal
from crm.approvals.people.reading import branch_named, branch_of, named, only, subject
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import change_user, open_account
from crm.identity.services.users import AT_A_BRANCH

KEYS = ("username", "name", "role", "branch")


def validate(content: Any) -> None:
    only(content, *KEYS)
    role, branch, user = content.get("role", ""), branch_of(content), account(content)
    if role not in User.Role.values or role == User.Role.NONE:
        raise RuleBroken(_("There is no role %(role)s.") % {"role": role}, field="role")
    if role in AT_A_BRANCH and branch is None:
        raise RuleBroken(_("Branch staff and heads need a branch."), field="branch")
    if len(content.get("name", "")) > 120:
        raise RuleBroken(_("A name has at most 120 characters."), field="name")
    if user is None:
        _new(content)
    elif (user.role, user.branch, user.is_active) == (role, branch, True):
        raise RuleBroken(_("%(user)s has this role at this branch already.") % {"user": user}, field="role")


def _new(content: dict[str, str]) -> None:
    try:
        UnicodeUsernameValidator()(content.get("username", ""))
    except ValidationError as error:
        raise RuleBroken(error.messages[0], field="username") from error
    if not content.get("username") or len(content["username"]) > 150:
        raise RuleBroken(_("A user name has 1 to 150 characters."), field="username")
    if not content.get("name", "").strip():
        raise RuleBroken(_("A new account needs the person's name."), field="name")


def account(content: dict[str, str]) -> User | None:
    return User.objects.select_related("branch").filter(username=content.get("username", "")).first()


def base(content: dict[str, str], effective_from: date | None) -> str:
    """What the account is: whoever changes it meanwhile overtakes the proposal."""
    user = account(content)
    if user is None:
        return "user:new"
    return f"user:{user.pk}:{user.role}:{user.branch_id or '-'}:{'open' if user.is_active else 'closed'}"


def apply(proposal: Proposal, by: User) -> User:
    content, user = proposal.content, account(proposal.content)
    role, branch = content["role"], branch_of(content)
    if user is None:
        return open_account(
            username=content["username"], name=content["name"], role=role, branch=branch, by=by, proposal=proposal
        )
    return change_user(user=user, role=role, branch=branch, is_active=True, by=by, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    content = proposal.content
    names = {"person": named(content), "role": User.Role(content["role"]).label}
    names["branch"] = branch_named(content.get("branch", ""))
    at_branch = _("%(person)s becomes %(role)s at %(branch)s.")
    who = (at_branch if names["branch"] else _("%(person)s becomes %(role)s.")) % names
    if proposal.base_version == "user:new":
        return who, _("A new account is opened; the person sets the password by a link that the approver hands over.")
    return who, _("Reach granted until now ends; customers in reach become those of the new role.")


def details(proposal: Proposal) -> Details:
    user = account(proposal.content)
    content = proposal.content
    before = {
        "role": user.get_role_display() if user and proposal.is_open else "",
        "branch": str(user.branch or "") if user and proposal.is_open else "",
    }
    lines = [
        (_("Role"), before["role"], str(User.Role(content["role"]).label)),
        (_("Branch"), before["branch"], branch_named(content.get("branch", ""))),
    ]
    return Details("approvals/_changes.html", {"lines": lines})


ROLE = Kind(
    "role",
    gettext_lazy("Role"),
    validate=validate,
    apply=apply,
    sentences=sentences,
    base=base,
    details=details,
    subject=subject,
)
