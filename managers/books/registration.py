"""What books add to the roles, the slots and the pages."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT as MERGES
from customers.services.managers import SLOT as MANAGERS
from managers.books import panels, subjects
from managers.books.keeping import follow_records
from managers.books.merging import Beside
from managers.books.viewsets import AbsenceViewSet, AssignmentViewSet, ManagerViewSet

ROUTES = {"assignments": AssignmentViewSet, "managers": ManagerViewSet, "absences": AbsenceViewSet}


def register() -> None:
    allow("assignments:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.AUDITOR)
    allow("assignments:write", Role.HEAD)
    for resource in ("managers", "absences"):
        allow(f"{resource}:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
        allow(f"{resource}:write", Role.HEAD)
    contribute(MANAGERS, follow_records)
    contribute(MERGES, Beside())
    for name, viewset in ROUTES.items():
        contribute("api.routes", (name, viewset, name))
    contribute("navigation", NavigationEntry(_("Books"), "managers", "users-group", "day", "managers:read"))
    contribute("customer.annotations", panels.with_people)
    contribute("customer.people", panels.PEOPLE)
    subjects.register()
