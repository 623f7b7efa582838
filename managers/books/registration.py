"""What books add to the roles, the slots and the pages."""

from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT as MERGES
from customers.services.managers import SLOT as MANAGERS
from managers.books import panels, subjects
from managers.books.keeping import follow_records
from managers.books.merging import Beside
from managers.books.viewsets import AssignmentViewSet


def register() -> None:
    allow("assignments:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.AUDITOR)
    allow("assignments:write", Role.HEAD)
    contribute(MANAGERS, follow_records)
    contribute(MERGES, Beside())
    contribute("api.routes", ("assignments", AssignmentViewSet, "assignments"))
    contribute("customer.annotations", panels.with_people)
    contribute("customer.people", panels.PEOPLE)
    subjects.register()
