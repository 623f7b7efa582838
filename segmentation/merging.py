"""What of tiers, fees and offers goes with a customer when a record is merged: what a person said or approved.

Tiers, decisions, waiver entries, gold cards and uses of benefits stay under the number for which they were made: the night
decides about the record that stands, from all that it holds.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.duplicates.moves import SLOT, Moves, overlapping
from customers.duplicates.refusing import SLOT as REFUSALS
from customers.models import Customer, Merge
from segmentation.models import EntitlementOverride, FreeAccount, ProductAnswer, TierOverride, TierPeriod

ENDS = ("ended_on", "until")
HANDLERS = (
    Moves("tier-overrides", _("Tier overrides"), TierOverride, overlapping(TierOverride, ends=ENDS, same=("kind",))),
    Moves(
        "entitlement-overrides",
        _("Entitlement overrides"),
        EntitlementOverride,
        overlapping(EntitlementOverride, ends=ENDS, same=("benefit",)),
    ),
    Moves("free-accounts", _("Free accounts"), FreeAccount, overlapping(FreeAccount)),
    Moves("product-answers", _("Answers to suggestions"), ProductAnswer),
)


class Tiers:
    """The tier that the absorbed record stands in ends with the night. Parted again it begins at the lowest, and that is said."""

    name, label = "tiers", _("Tier")

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        return 0

    def move(self, merge: Merge) -> int | None:
        return TierPeriod.objects.open().filter(customer=merge.absorbed_id).values_list("pk", flat=True).first()

    def undo(self, merge: Merge, kept: int | None) -> list[str]:
        ended = TierPeriod.objects.filter(pk=kept or 0, until__isnull=False).select_related("tier").first()
        return [gettext("tier %(tier)s") % {"tier": ended.tier.name}] if ended else []


def lower_tier_stays(survivor: Customer, absorbed: Customer) -> str:
    """A merge must lower nobody: until a review has counted both together, the higher tier is the customer's."""
    rows = TierPeriod.objects.open().filter(customer__in=(survivor, absorbed)).select_related("tier")
    tiers = {period.customer_id: period.tier for period in rows}
    mine, other = tiers.get(survivor.pk), tiers.get(absorbed.pk)
    if mine is None or other is None or other.scheme_id != mine.scheme_id or other.rank <= mine.rank:
        return ""
    text = gettext("The other record stands in %(tier)s, above this one: let that one stay.")
    return text % {"tier": other.name}


def register() -> None:
    for handler in (*HANDLERS, Tiers()):
        contribute(SLOT, handler)
    contribute(REFUSALS, lower_tier_stays)
