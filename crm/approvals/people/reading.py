"""What the contents of these kinds have in common: known keys, and names that stand for people and branches."""

from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import Branch, User


def only(content: Any, *keys: str) -> dict[str, str]:
    """The content, all of its keys known and all of its values text."""
    if not isinstance(content, dict):
        raise RuleBroken(_("An object belongs here."), field="content")
    for key, value in content.items():
        if key not in keys:
            raise RuleBroken(_("There is no “%(key)s” in this kind of proposal.") % {"key": key}, field=key)
        if not isinstance(value, str):
            raise RuleBroken(_("A text belongs here."), field=key)
    return content


def user_of(content: dict[str, str], key: str = "username") -> User:
    found = User.objects.select_related("branch").filter(username=content.get(key, "")).first()
    if found is None:
        raise RuleBroken(_("There is no user “%(name)s”.") % {"name": content.get(key, "")}, field=key)
    return found


def branch_of(content: dict[str, str], key: str = "branch") -> Branch | None:
    """None where the content names none."""
    code = content.get(key, "")
    found = Branch.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise RuleBroken(_("There is no branch “%(code)s”.") % {"code": code}, field=key)
    return found


def subject(content: dict[str, str]) -> int | None:
    return User.objects.filter(username=content.get("username", "")).values_list("pk", flat=True).first()


def named(content: dict[str, str], key: str = "username") -> str:
    """How a person is called in a sentence, also when the account is not there yet."""
    username = content.get(key, "")
    found = User.objects.filter(username=username).first()
    name = found.name if found else content.get("name", "")
    return f"{name} ({username})" if name else username


def branch_named(code: str) -> str:
    found = Branch.objects.filter(code=code).first() if code else None
    return found.name if found else code
