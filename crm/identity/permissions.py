"""Which role may read or write which resource. One matrix for pages, REST, tokens and navigation.

A permission is `<resource>:read` or `<resource>:write`, the resource being the first word of the URL. It opens a
route; which rows come through it is the scope's business (crm.identity.scope).
"""

from crm.base.slots import contribute, contributions
from crm.identity.models import User

Role = User.Role
STAFF = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD)
INSIDE = (*STAFF, Role.ADMIN, Role.APPROVER, Role.AUDITOR)


def allow(permission: str, *roles: str) -> None:
    """Say, in `AppConfig.ready()`, that these roles hold the permission."""
    contribute("permissions", (permission, frozenset(roles)))


def permissions_of(role: str) -> frozenset[str]:
    return frozenset(permission for permission, roles in contributions("permissions") if role in roles)
