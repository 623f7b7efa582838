"""What the assignment policy adds to the roles, the proposals, the pages and the addresses."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from segmentation.managed.proposals import KIND, was_published
from segmentation.managed.viewsets import AssignmentPolicyViewSet

RESOURCE = "assignment-policies"


def register() -> None:
    allow(f"{RESOURCE}:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    contribute("approvals.kinds", KIND)
    contribute("policies.proposal_published", was_published)
    contribute("api.routes", (RESOURCE, AssignmentPolicyViewSet, RESOURCE))
    contribute(
        "navigation",
        NavigationEntry(_("Assignment policy"), "assignment_policies", "users-plus", "policies", f"{RESOURCE}:read"),
    )
