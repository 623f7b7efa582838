"""What cadence adds to the roles, the slots, the pages, to proposals, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Deleted
from customers.privacy.telling import Told
from customers.services.interactions import SLOT as CONTACTS
from customers.services.managers import SLOT as MANAGERS
from managers.cadence import panels
from managers.cadence.due import follow_managers, keep_due
from managers.cadence.proposals import KIND
from managers.cadence.viewsets import CadenceViewSet, ContactPlanViewSet
from managers.cadence.yearly import CADENCE
from managers.models import DueContact
from managers.staff.scoring import SLOT as SCORECARD

TOLD = Told("due_contacts", _("Contacts due"), DueContact, ("what", "last_at", "due_on"))
TAKEN = Deleted(_("Contacts due"), Category.PROFILE, DueContact)


def register() -> None:
    allow("cadence:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("contact-plans:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("contact-plans:write", Role.ADMIN)
    contribute(CONTACTS, keep_due)
    contribute(MANAGERS, follow_managers, weight=120)
    contribute("approvals.kinds", KIND)
    contribute("api.routes", ("cadence", CadenceViewSet, "cadence"))
    contribute("api.routes", ("contact-plans", ContactPlanViewSet, "contact-plans"))
    contribute("navigation", NavigationEntry(_("Contacts due"), "cadence", "calendar-due", "day", "cadence:read"))
    contribute(
        "navigation", NavigationEntry(_("Contact plan"), "contact_plan", "calendar-repeat", "policies", "contact-plans:read")
    )  # fmt: skip
    contribute("customer.annotations", panels.with_dues)
    contribute("customer.now", panels.NOW, weight=45)
    contribute(SCORECARD, CADENCE)
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
