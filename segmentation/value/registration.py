"""What value adds to the roles, the proposals and the pages."""

from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from segmentation.value import proposals


def register() -> None:
    allow("value-assumptions:read", Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    contribute("approvals.kinds", proposals.KIND)
    contribute("policies.proposal_published", proposals.was_published)
