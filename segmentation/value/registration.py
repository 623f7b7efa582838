"""What value adds to the roles, the proposals and the pages."""

from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from segmentation.value import panels, proposals


def register() -> None:
    allow("value-assumptions:read", Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("customer-value:read", Role.MANAGER, Role.HEAD, Role.AUDITOR, Role.APPROVER)
    contribute("customer.figures", panels.FIGURE)
    contribute("customer.tabs", panels.TAB)
    contribute("approvals.kinds", proposals.KIND)
    contribute("policies.proposal_published", proposals.was_published)
