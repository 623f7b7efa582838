"""What teams add to the roles and to the addresses."""

from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from managers.teams.viewsets import TeamViewSet


def register() -> None:
    allow("teams:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.AUDITOR)
    allow("teams:write", Role.HEAD)
    contribute("api.routes", ("teams", TeamViewSet, "teams"))
