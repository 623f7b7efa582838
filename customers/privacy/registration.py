"""What privacy adds to the roles, the slots and the pages."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.privacy import begun, holds, others, panels, papers, taken, taking, telling, told
from customers.privacy.proposals import ERASURE


def register() -> None:
    allow("subject-exports:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("subject-exports:write", Role.MANAGER, Role.HEAD)
    allow("erasures:read", Role.HEAD, Role.APPROVER, Role.AUDITOR)
    allow("erasures:write", Role.HEAD)
    for part in (*begun.TAKEN, *taken.parts(), *others.TAKEN, *papers.TAKEN):
        contribute(taking.SLOT, part)
    for part in (*told.parts(), *others.TOLD, *papers.TOLD):
        contribute(telling.SLOT, part)
    for asked in (others.holds, papers.holds):
        contribute(holds.SLOT, asked)
    contribute("approvals.kinds", ERASURE)
    contribute("search", panels.found_erasures)
    for label, url, icon in (
        (_("Subject exports"), "subject_exports", "file-export"),
        (_("Erasures"), "erasures", "eraser"),
    ):
        resource = url.replace("_", "-")
        contribute("navigation", NavigationEntry(label, url, icon, "control", f"{resource}:read"))
