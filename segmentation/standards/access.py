"""Who may do what with service standards, and the kinds of their proposals."""

from crm.base.slots import contribute
from crm.identity.permissions import INSIDE, STAFF, Role, allow
from segmentation.standards.exceptions import OVERRIDE, OVERRIDE_END
from segmentation.standards.proposals import KIND, was_published


def open_standards() -> None:
    """For `AppConfig.ready()`."""
    allow("service-standards:read", *INSIDE)
    for resource in ("entitlement-uses", "entitlement-overrides", "gold-cards"):
        allow(f"{resource}:read", *STAFF, Role.APPROVER, Role.AUDITOR)
    for resource in ("entitlement-uses", "gold-cards"):
        allow(f"{resource}:write", *STAFF)
    allow("entitlement-overrides:write", Role.MANAGER, Role.HEAD)
    allow("benefit-report:read", Role.HEAD, Role.ADMIN, Role.AUDITOR)
    for kind in (KIND, OVERRIDE, OVERRIDE_END):
        contribute("approvals.kinds", kind)
    contribute("policies.proposal_published", was_published)
