"""What tiers, segments and waivers add to the frame and to the pages of the customer ground."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from customers.attributes.services import USES
from customers.past.reading import SLOT as AS_OF
from segmentation import panels
from segmentation.attribute_uses import uses_of
from segmentation.behaviour import panels as behaviour_panels
from segmentation.changes.registration import register as register_changes
from segmentation.decisions import entitlements, overrides, slot, tiers, waivers
from segmentation.free_accounts.files import FREE_ACCOUNTS
from segmentation.managed.registration import register as register_managed
from segmentation.merging import register as register_merging
from segmentation.nearing.subjects import register as register_nearing
from segmentation.next_product.registration import register as register_next_product
from segmentation.outlook import LATEST
from segmentation.past import TIER
from segmentation.segments import panels as segment_panels
from segmentation.simulation.panel import EFFECT
from segmentation.standards import panels as standard_panels
from segmentation.standards.access import open_standards
from segmentation.standards.plastic import refuse_plastic
from segmentation.subjects import register as register_subjects
from segmentation.value.registration import register as register_value

NAVIGATION = (
    NavigationEntry(_("Segments"), "segments", "chart-pie", "customers", "segments:read"),
    NavigationEntry(_("Recency and frequency"), "rfm", "grid-dots", "customers", "rfm:read"),
    NavigationEntry(_("Tiers"), "tiers", "stairs", "tiers", "tiers:read"),
    NavigationEntry(_("Overrides"), "overrides", "adjustments", "tiers", "tier-overrides:read"),
    NavigationEntry(_("Waiver policies"), "waiver_policies", "discount", "fees", "waiver-policies:read"),
    NavigationEntry(_("Drafts"), "drafts", "pencil", "policies", "drafts:read"),
    NavigationEntry(_("Simulations"), "simulations", "flask", "policies", "simulations:read"),
    NavigationEntry(_("Rules"), "rules", "filter-cog", "policies", "rules:read"),
    NavigationEntry(_("Waivers"), "waivers", "receipt-refund", "fees", "waivers:read"),
    NavigationEntry(_("Reconciliation"), "reconciliation", "scale", "fees", "waiver-reconciliation:read"),
    NavigationEntry(_("Leakage"), "waiver_checks", "search", "fees", "waiver-checks:read"),
    NavigationEntry(_("Outbox"), "postings", "send", "fees", "waiver-batches:read"),
    NavigationEntry(_("Service standards"), "service_standards", "star", "benefits", "service-standards:read"),
    NavigationEntry(_("Uses of benefits"), "entitlement_uses", "ticket", "benefits", "entitlement-uses:read"),
    NavigationEntry(_("Gold cards"), "gold_cards", "credit-card", "benefits", "gold-cards:read"),
    NavigationEntry(_("Tier migration"), "tier_migration", "arrows-exchange", "tiers", "tier-migration:read"),
    NavigationEntry(_("Held back"), "held_back", "shield-half", "tiers", "held-back:read"),
)


def contribute_pages() -> None:
    open_standards()
    register_merging()
    register_subjects()
    register_nearing()
    contribute(USES, uses_of)
    for entry in NAVIGATION:
        contribute("navigation", entry)
    contribute("proposal.panels", EFFECT)
    contribute("import.kinds", FREE_ACCOUNTS)
    contribute("data_date", LATEST)
    contribute("customer.badges", panels.BADGE)
    contribute("customer.figures", panels.AVERAGE)
    contribute("customer.now", panels.GAP)
    contribute("customer.tabs", panels.WAIVERS)
    contribute("customer.tabs", behaviour_panels.TAB)
    contribute(AS_OF, TIER, weight=10)
    contribute("customer.timeline", panels.MOVES)
    contribute("customer.timeline", panels.SPARED)
    contribute("customer.list", panels.LIST)
    contribute("customer.annotations", segment_panels.with_primary)
    contribute("customer.badges", segment_panels.BADGES)
    contribute("customer.timeline", segment_panels.JOINED)
    contribute("customer.list", segment_panels.LIST)
    contribute("customer.annotations", standard_panels.with_card)
    contribute("customer.badges", standard_panels.BADGE)
    contribute("customer.tabs", standard_panels.ENTITLEMENTS)
    contribute("customer.timeline", standard_panels.USED)
    contribute("customer.timeline", standard_panels.STATES)
    contribute("card.refusal", refuse_plastic)
    contribute(slot.SLOT, tiers.TIERS)
    contribute(slot.SLOT, waivers.WAIVERS)
    contribute(slot.SLOT, overrides.OVERRIDES)
    contribute(slot.SLOT, entitlements.ENTITLEMENTS)
    register_value()
    register_next_product()
    register_changes()
    register_managed()
