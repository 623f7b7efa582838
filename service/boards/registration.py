"""What the boards add to the roles and routes; their page is reached from the list of tickets."""

from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from service.boards.viewsets import BoardViewSet


def register() -> None:
    allow("ticket-boards:read", Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD, Role.AUDITOR)
    contribute("api.routes", ("ticket-boards", BoardViewSet, "ticket-boards"))
