"""What of tiers, fees, segments and offers a customer is told, and what goes when they are erased.

Figures, decisions and entries stay under the number: they name nobody once the number has no name, and the sums of the bank
are made of them. What a person wrote about the customer goes.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Kept, Owned
from customers.privacy.telling import Told, Untold
from segmentation.models import (
    Behaviour,
    Change,
    EntitlementOverride,
    EntitlementUse,
    Facts,
    FactsMonth,
    FeeDue,
    FreeAccount,
    GoldCard,
    Leak,
    PrimarySegment,
    ProductAnswer,
    SegmentMembership,
    SimulatedTier,
    SimulatedWaiver,
    SnapshotMember,
    StagedPeer,
    StagedSegments,
    StagedValue,
    StagedWaiver,
    StandingSegments,
    Suggestion,
    TierDecision,
    TierOverride,
    TierPeriod,
    ValueMonth,
    ValueYear,
    WaiverEntry,
)

FUNCTION = "segmentation_erase"
TIER = {"tier__name": _("tier")}
SEGMENT = {"segment__name": _("segment")}
PRODUCT = {"product__name": _("product")}
BENEFIT = {"benefit__name": _("benefit")}


def _figures(model: type) -> tuple[str, ...]:
    """All that a view or table of figures has of a customer."""
    hidden = ("pk", "id", "customer", "run")
    return tuple(field.name for field in model._meta.concrete_fields if field.name not in hidden)


TOLD = (
    Told("tiers", _("Tiers"), TierPeriod, ("tier__name", "since", "until"), order=("since", "pk"), names=TIER),
    Told(
        "tier-decisions", _("Tier decisions"), TierDecision,
        ("business_date", "outcome", "tier_after__name", "effective_from", "figures"),
        order=("business_date", "pk"), names={"tier_after__name": _("tier")},
    ),
    Told("tier-overrides", _("Tier overrides"), TierOverride, ("kind", "tier__name", "since", "until", "reason"), names=TIER),
    Told("fees-due", _("Fees due for a level not reached"), FeeDue, ("business_date", "fee_code", "amount", "currency")),
    Told("facts", _("Figures of the published day"), Facts, _figures(Facts)),
    Told("facts-months", _("Figures of month ends"), FactsMonth, _figures(FactsMonth), order=("business_date",)),
    Told("behaviour", _("Behaviour"), Behaviour, _figures(Behaviour), order=("month",)),
    Told("value-months", _("Value by month"), ValueMonth, _figures(ValueMonth), order=("month",)),
    Told("value", _("Value"), ValueYear, _figures(ValueYear), order=("month",)),
    Told("segments", _("Segments"), SegmentMembership, ("segment__name", "since", "until"), names=SEGMENT, also=(StandingSegments,)),
    Told("primary-segments", _("Primary segments"), PrimarySegment, ("segment__name", "since", "until"), names=SEGMENT),
    Told("segment-lists", _("Frozen lists of segments"), SnapshotMember, ("snapshot__segment__name", "snapshot__taken_at"), names={"snapshot__segment__name": _("segment")}),
    Told("waivers", _("Waived fees"), WaiverEntry, ("number", "charged_on", "fee_code", "amount", "waived", "currency", "percent", "reason"), order=("number",)),
    Told("free-accounts", _("Free accounts"), FreeAccount, ("account__number", "since", "until"), names={"account__number": _("account")}),
    Told("entitlement-overrides", _("Entitlement overrides"), EntitlementOverride, ("benefit__name", "kind", "quota", "per", "since", "until", "reason"), names=BENEFIT),
    Told("entitlement-uses", _("Uses of benefits"), EntitlementUse, ("benefit__name", "used_on", "channel", "place", "note"), names=BENEFIT),
    Told("gold-cards", _("Gold cards"), GoldCard, ("state", "cause", "since", "until", "note"), order=("since",)),
    Told("suggestions", _("Suggested products"), Suggestion, ("month", "rank", "product__name"), order=("month", "rank"), names=PRODUCT),
    Told("product-answers", _("Answers to suggestions"), ProductAnswer, ("product__name", "answer", "reason", "note", "channel", "at"), names=PRODUCT),
    Untold((SimulatedTier, SimulatedWaiver), _("Trials of policies that were not in force: nothing was decided by them."), is_said=True),
    Told("changes", _("Changes that were noticed"), Change, ("kind", "day", "figures"), order=("day", "pk")),
    Untold((Leak,), _("Checks of the bank's own books; what came of them is among the waived fees.")),
    Untold((StagedPeer, StagedSegments, StagedValue, StagedWaiver), _("Half a night's work, gone when it is published.")),
)  # fmt: skip
CONDUCT, PROFILE = Category.CONDUCT, Category.PROFILE
TAKEN = (
    Owned(_("Reasons of tier overrides"), CONDUCT, TierOverride, function=FUNCTION),
    Owned(_("Reasons of entitlement overrides"), CONDUCT, EntitlementOverride, function=FUNCTION),
    Owned(_("Words in reasons of waivers"), CONDUCT, WaiverEntry, only=~Q(reason=""), function=FUNCTION),
    Owned(_("Words in changes that were noticed"), CONDUCT, Change, function=FUNCTION),
    Owned(_("Notes on uses of benefits"), PROFILE, EntitlementUse, function=FUNCTION),
    Owned(_("Notes on gold cards"), PROFILE, GoldCard, only=~Q(note=""), function=FUNCTION),
    Owned(_("Notes on answers to suggestions"), PROFILE, ProductAnswer, function=FUNCTION),
    Kept(
        (TierPeriod, TierDecision, FeeDue, Facts, FactsMonth, Behaviour, ValueMonth, ValueYear),
        _("Figures and decisions under a number that names nobody any more; the sums of the bank are made of them."),
    ),
    Kept(
        (SegmentMembership, PrimarySegment, StandingSegments, SnapshotMember, Suggestion, FreeAccount),
        _("Numbers in lists of numbers."),
    ),
    Kept((SimulatedTier, SimulatedWaiver, Leak), _("Figures of trials and checks, by number.")),
    Kept((StagedPeer, StagedSegments, StagedValue, StagedWaiver), _("Half a night's work, gone when it is published.")),
)  # fmt: skip


def register() -> None:
    for told in TOLD:
        contribute(telling.SLOT, told)
    for taken in TAKEN:
        contribute(taking.SLOT, taken)
