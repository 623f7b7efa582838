"""What tasks add to the roles, the slots and the pages."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.calls.reasons import SLOT as REASONS
from customers.duplicates.moves import SLOT, Moves
from customers.past.reading import SLOT as AS_OF
from managers.models import Task
from managers.todo import panels
from managers.todo.calling import from_task
from managers.todo.services import follow_changes, follow_postings
from managers.todo.viewsets import TaskViewSet


def register() -> None:
    allow("tasks:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("tasks:write", Role.MANAGER, Role.HEAD)
    contribute("postings.moved", follow_postings)
    contribute("changes.noticed", follow_changes)
    contribute(SLOT, Moves("tasks", _("Tasks"), Task))
    contribute("api.routes", ("tasks", TaskViewSet, "tasks"))
    contribute("navigation", NavigationEntry(_("Tasks"), "tasks", "checklist", "day", "tasks:read"))
    contribute("home", panels.HOME)
    contribute(REASONS, from_task, weight=50)
    contribute("customer.annotations", panels.with_tasks)
    contribute("customer.now", panels.NOW, weight=50)
    contribute("customer.timeline", panels.CLOSED)
    contribute(AS_OF, panels.AS_OF, weight=50)
