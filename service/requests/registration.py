"""What service requests add to the roles, the slots, the pages and to proposals."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from service.requests import panels, subjects
from service.requests.proposals import KIND, was_published
from service.requests.viewsets import RequestFormViewSet
from service.tickets.shown import SLOT as OF_TICKETS

WORK = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD)


def register() -> None:
    allow("service-requests:read", *WORK, Role.AUDITOR)
    allow("service-requests:write", *WORK)
    allow("request-forms:read", *WORK, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("request-forms:write", Role.ADMIN)
    contribute("approvals.kinds", KIND)
    contribute("policies.proposal_published", was_published)
    contribute("api.routes", ("request-forms", RequestFormViewSet, "request-forms"))
    # who reads alone comes to them from the list of requests
    contribute(
        "navigation", NavigationEntry(_("Request forms"), "request_forms", "forms", "policies", "request-forms:write")
    )
    contribute("customer.timeline", panels.REQUESTED)
    contribute(OF_TICKETS, panels.OF_TICKET)
    subjects.register()
