"""What of tasks a customer is told, and what goes when they are erased."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from managers.models import Task

# a review out of its turn may tell of a case that nobody may tell them of
TOLD = Told(
    "tasks",
    _("Tasks"),
    Task,
    ("kind", "due_on", "state", "opened_at", "closed_at", "figures", "remark"),
    only=~Q(kind=Task.Kind.KYC_DUE),
)
TAKEN = Owned(_("Words in tasks"), Category.CONDUCT, Task, function="managers_erase")


def register() -> None:
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
