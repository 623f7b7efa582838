"""Keys for programs."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import ApiToken, User
from crm.identity.permissions import permissions_of

LONGEST = 366


@transaction.atomic
def issue_token(*, user: User, days: int, by: User | str, scopes: Sequence[str] = (), name: str = "") -> str:
    """The key, which is shown once and kept only as a hash. Without scopes it may do all that the role may."""
    if not user.is_active:
        raise RuleBroken(_("%(user)s is not active.") % {"user": user.username}, field="user")
    if not 1 <= days <= LONGEST:
        raise RuleBroken(_("A token holds 1 to %(days)s days.") % {"days": LONGEST}, field="days")
    if beyond := sorted(set(scopes) - permissions_of(user.role)):
        raise RuleBroken(_("The role of %(user)s doesn't hold %(scopes)s.") % {
            "user": user.username, "scopes": ", ".join(beyond)}, field="scopes")  # fmt: skip
    token, key = ApiToken.objects.create(user, expiry=timedelta(days=days))
    token.scopes, token.name = sorted(set(scopes)), name
    token.save(update_fields=["scopes", "name"])
    audit.record("token.issued", user, by=by, scopes=token.scopes, days=days)
    return str(key)
