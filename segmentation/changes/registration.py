"""What changes add to the roles, the proposals, the pages and the addresses."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT
from segmentation.changes import panels, proposals
from segmentation.changes.merging import CHANGES
from segmentation.changes.viewsets import ROUTES
from segmentation.versioned import was_approved

NAVIGATION = (
    NavigationEntry(_("Customer changes"), "changes", "bell", "customers", "changes:read"),
    NavigationEntry(_("Change rules"), "change_rules", "bell-cog", "policies", "change-rules:read"),
)


def register() -> None:
    allow("changes:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("change-rules:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    contribute("approvals.kinds", proposals.KIND)
    contribute("policies.proposal_published", was_published)
    contribute("customer.timeline", panels.NOTICED)
    contribute(SLOT, CHANGES)
    for entry in NAVIGATION:
        contribute("navigation", entry)
    for route in ROUTES:
        contribute("api.routes", route)


def was_published() -> bool:
    return was_approved(proposals.RULE)
