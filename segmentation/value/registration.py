"""What value adds to the roles, the proposals and the pages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from segmentation.value import panels, proposals

NAVIGATION = (
    NavigationEntry(pgettext_lazy("of a customer", "Value"), "value_report", "coins", "customers", "value-report:read"),
    NavigationEntry(_("Value assumptions"), "value_assumptions", "percentage", "policies", "value-assumptions:read"),
)


def register() -> None:
    allow("value-assumptions:read", Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("customer-value:read", Role.MANAGER, Role.HEAD, Role.AUDITOR, Role.APPROVER)
    allow("value-report:read", Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    for entry in NAVIGATION:
        contribute("navigation", entry)
    contribute("customer.annotations", panels.with_year)
    contribute("customer.figures", panels.FIGURE)
    contribute("customer.tabs", panels.TAB)
    contribute("approvals.kinds", proposals.KIND)
    contribute("policies.proposal_published", proposals.was_published)
