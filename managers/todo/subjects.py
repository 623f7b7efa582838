"""What of tasks a customer is told, and what goes when they are erased."""

from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from managers.models import Task

TOLD = Told("tasks", _("Tasks"), Task, ("kind", "due_on", "state", "opened_at", "closed_at", "figures", "remark"))
TAKEN = Owned(_("Words in tasks"), Category.CONDUCT, Task, function="managers_erase")


def register() -> None:
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
