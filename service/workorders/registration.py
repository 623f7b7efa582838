"""What work orders add to the roles, the slots, the pages, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from service.models import WorkOrder
from service.requests.views import PANELS
from service.tickets.shown import SLOT as OF_TICKETS
from service.tickets.writing import ENDING
from service.workorders import panels
from service.workorders.services import refuse_unfinished
from service.workorders.viewsets import WorkOrderViewSet

WORK = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD)
TOLD = Told("work_orders", _("Work orders"), WorkOrder, ("what", "state", "opened_at", "ended_at"))
TAKEN = Owned(_("What departments did for the customer"), Category.CONDUCT, WorkOrder, function="service_erase_orders")


def register() -> None:
    allow("work-orders:read", *WORK, Role.AUDITOR)
    allow("work-orders:write", *WORK)
    contribute("api.routes", ("work-orders", WorkOrderViewSet, "work-orders"))
    contribute(OF_TICKETS, panels.OF_TICKET)
    contribute(PANELS, panels.OF_REQUEST)
    contribute(ENDING, refuse_unfinished)
    contribute(SLOT, Moves("work_orders", _("Work orders"), WorkOrder))
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
