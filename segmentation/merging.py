"""What of tiers, fees and offers goes with a customer when a record is merged: what a person said or approved.

Tiers, decisions, waiver entries, gold cards and uses of benefits stay under the number for which they were made: the night
decides about the record that stands, from all that it holds.
"""

from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.duplicates.moves import SLOT, Moves, overlapping
from segmentation.models import EntitlementOverride, FreeAccount, ProductAnswer, TierOverride

HANDLERS = (
    Moves("tier-overrides", _("Tier overrides"), TierOverride, overlapping(TierOverride, same=("kind",))),
    Moves(
        "entitlement-overrides",
        _("Entitlement overrides"),
        EntitlementOverride,
        overlapping(EntitlementOverride, same=("benefit",)),
    ),
    Moves("free-accounts", _("Free accounts"), FreeAccount, overlapping(FreeAccount)),
    Moves("product-answers", _("Answers to suggestions"), ProductAnswer),
)


def register() -> None:
    for handler in HANDLERS:
        contribute(SLOT, handler)
