"""What service levels add to the roles, the slots, to proposals and to policy files."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from service.clocks.proposals import KIND, was_published
from service.clocks.publishing import FILE_PART
from service.clocks.viewsets import ServiceLevelsViewSet


def register() -> None:
    readers = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("service-levels:read", *readers)
    allow("service-levels:write", Role.ADMIN)
    contribute("approvals.kinds", KIND)
    contribute("policies.parts", FILE_PART)
    contribute("policies.proposal_published", was_published)
    contribute("api.routes", ("service-levels", ServiceLevelsViewSet, "service-levels"))
    entry = NavigationEntry(_("Service levels"), "service_levels", "clock-check", "policies", "service-levels:read")
    contribute("navigation", entry)
