"""What qualifications add to the roles, the slots, the pages and to proposals."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.services.managers import TAKEN_ON
from managers.books.panels import SLOT as MANAGER_PANELS
from managers.staff.panels import ABLE
from managers.staff.proposals import STANDARDS
from managers.staff.refusing import refuse_for_customers
from managers.staff.scoring import COMPLIANCE, GROWTH, RETENTION
from managers.staff.scoring import SLOT as FIGURES
from managers.staff.viewsets import ROUTES


def register() -> None:
    for resource in ("manager-grades", "certificates", "trainings", "scorecards"):
        allow(f"{resource}:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
        allow(f"{resource}:write", Role.HEAD)
    allow("manager-standards:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("manager-standards:write", Role.ADMIN)
    for name, viewset in ROUTES.items():
        contribute("api.routes", (name, viewset, name))
    for figure in (GROWTH, RETENTION, COMPLIANCE):
        contribute(FIGURES, figure)
    contribute(TAKEN_ON, refuse_for_customers)
    contribute("approvals.kinds", STANDARDS)
    contribute(MANAGER_PANELS, ABLE)
    label = _("Asked of managers")
    contribute(
        "navigation", NavigationEntry(label, "manager_standards", "certificate", "policies", "manager-standards:read")
    )
