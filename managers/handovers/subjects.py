"""What of handovers a customer is told, and what goes when they are erased."""

from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.privacy import taking, telling
from customers.privacy.taking import Blanked, Category
from customers.privacy.telling import Told
from managers.models import Handover

TOLD = Told(
    "handovers",
    _("Handovers"),
    Handover,
    ("giver__name", "receiver__name", "handed_on", "watched_until", "reason", "balance", "currency"),
    order=("handed_on", "pk"),
    names={"giver__name": _("from whom"), "receiver__name": _("to whom")},
)
TAKEN = Blanked(_("Reasons of handovers"), Category.CONDUCT, Handover, fields=("reason",))


def register() -> None:
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
