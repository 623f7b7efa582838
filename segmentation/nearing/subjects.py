"""What of a tier within reach a customer is told, and what goes when they are erased."""

from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Deleted
from customers.privacy.telling import Told
from segmentation.models import NearTier

TOLD = Told(
    "near_tiers",
    _("Tiers within reach"),
    NearTier,
    ("direction", "tier__name", "missing", "currency", "falls_on", "as_of"),
    names={"tier__name": _("tier")},
)
TAKEN = Deleted(_("Tiers within reach"), Category.PROFILE, NearTier)


def register() -> None:
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
