"""What of books a customer is told, and what goes when they are erased."""

from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.privacy import taking, telling
from customers.privacy.taking import Blanked, Category
from customers.privacy.telling import Told
from managers.models import Assignment

TOLD = Told(
    "assignments",
    _("Who looked after the customer"),
    Assignment,
    ("role", "manager__name", "since", "until", "reason"),
    order=("since", "pk"),
    names={"manager__name": _("manager")},
)
TAKEN = Blanked(_("Reasons of assignments"), Category.CONDUCT, Assignment, fields=("reason",))


def register() -> None:
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
