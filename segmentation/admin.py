"""Read-only: published versions never change, decisions and the ledger are appended to by the night alone."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin, register_rooms
from segmentation.models import (
    Benefit,
    EntitlementOverride,
    EntitlementUse,
    FeeDue,
    GoldCard,
    PrimarySegment,
    Quintiles,
    SchemeVersion,
    Segment,
    SegmentMembership,
    SegmentSnapshot,
    SegmentVersion,
    ServiceStandard,
    Tier,
    TierDecision,
    TierOverride,
    TierPeriod,
    TierScheme,
    ValueVersion,
    WaiverEntry,
    WaiverLine,
    WaiverPolicy,
)

register_rooms("segmentation")


@admin.register(TierScheme)
class TierSchemeAdmin(ScopedAdmin):
    resource = "tier-schemes"
    list_display = ("customer_kind", "name")


@admin.register(Tier)
class TierAdmin(ScopedAdmin):
    resource = "tiers"
    list_display = ("scheme", "rank", "code", "name")
    list_select_related = ("scheme",)


@admin.register(SchemeVersion)
class SchemeVersionAdmin(ScopedAdmin):
    resource = "tier-schemes"
    list_display = ("scheme", "number", "effective_from", "currency", "published_at", "published_by")
    list_select_related = ("scheme", "published_by")


@admin.register(WaiverPolicy)
class WaiverPolicyAdmin(ScopedAdmin):
    resource = "waiver-policies"
    list_display = ("number", "effective_from", "ceiling", "published_at", "published_by")
    list_select_related = ("published_by",)


@admin.register(WaiverLine)
class WaiverLineAdmin(ScopedAdmin):
    resource = "waiver-policies"
    list_display = ("policy", "tier_code", "fee_code", "percent", "cap_per_fee", "cap_per_month", "currency")
    list_select_related = ("policy",)


@admin.register(TierPeriod)
class TierPeriodAdmin(ScopedAdmin):
    resource = "tier-periods"
    is_personal = True
    list_display = ("customer", "tier", "since", "until", "months_below")
    list_select_related = ("customer", "tier")


@admin.register(TierDecision)
class TierDecisionAdmin(ScopedAdmin):
    resource = "tier-periods"
    is_personal = True
    list_display = ("customer", "business_date", "outcome", "tier_after", "effective_from")
    list_select_related = ("customer", "tier_after")


@admin.register(TierOverride)
class TierOverrideAdmin(ScopedAdmin):
    resource = "tier-overrides"
    is_personal = True
    list_display = ("customer", "kind", "tier", "since", "until", "ended_on", "approved_by")
    list_select_related = ("customer", "tier", "approved_by")


@admin.register(FeeDue)
class FeeDueAdmin(ScopedAdmin):
    resource = "tier-periods"
    is_personal = True
    list_display = ("customer", "business_date", "tier", "fee_code", "amount", "currency")
    list_select_related = ("customer", "tier")


@admin.register(WaiverEntry)
class WaiverEntryAdmin(ScopedAdmin):
    resource = "waivers"
    is_personal = True
    list_display = ("number", "customer", "fee_code", "charged_on", "amount", "percent", "waived", "currency")
    list_select_related = ("customer",)


@admin.register(Segment)
class SegmentAdmin(ScopedAdmin):
    resource = "segments"
    list_display = ("code", "name", "scheme", "priority", "is_retired")


@admin.register(SegmentVersion)
class SegmentVersionAdmin(ScopedAdmin):
    resource = "segments"
    list_display = ("segment", "number", "effective_from", "published_at", "published_by")
    list_select_related = ("segment", "published_by")


@admin.register(SegmentSnapshot)
class SegmentSnapshotAdmin(ScopedAdmin):
    resource = "segments"
    list_display = ("segment", "name", "business_date", "members", "taken_by")
    list_select_related = ("segment", "taken_by")


@admin.register(SegmentMembership)
class SegmentMembershipAdmin(ScopedAdmin):
    resource = "segment-members"
    is_personal = True
    list_display = ("customer", "segment", "since", "until")
    list_select_related = ("customer", "segment")


@admin.register(PrimarySegment)
class PrimarySegmentAdmin(ScopedAdmin):
    resource = "segment-members"
    is_personal = True
    list_display = ("customer", "scheme", "segment", "since", "until")
    list_select_related = ("customer", "segment")


@admin.register(ValueVersion)
class ValueVersionAdmin(ScopedAdmin):
    resource = "value-assumptions"
    list_display = ("number", "effective_from", "published_at", "published_by")
    list_select_related = ("published_by",)


@admin.register(Benefit)
class BenefitAdmin(ScopedAdmin):
    resource = "service-standards"
    list_display = ("code", "name", "channel")


@admin.register(ServiceStandard)
class ServiceStandardAdmin(ScopedAdmin):
    resource = "service-standards"
    list_display = ("number", "effective_from", "published_at", "published_by")
    list_select_related = ("published_by",)


@admin.register(EntitlementOverride)
class EntitlementOverrideAdmin(ScopedAdmin):
    resource = "entitlement-overrides"
    is_personal = True
    list_display = ("customer", "benefit", "kind", "since", "until", "ended_on", "approved_by")
    list_select_related = ("customer", "benefit", "approved_by")


@admin.register(EntitlementUse)
class EntitlementUseAdmin(ScopedAdmin):
    resource = "entitlement-uses"
    is_personal = True
    list_display = ("used_on", "customer", "benefit", "counts", "channel", "by")
    list_select_related = ("customer", "benefit", "by")


@admin.register(GoldCard)
class GoldCardAdmin(ScopedAdmin):
    resource = "gold-cards"
    is_personal = True
    list_display = ("customer", "state", "cause", "since", "until", "by")
    list_select_related = ("customer", "by")


@admin.register(Quintiles)
class QuintilesAdmin(ScopedAdmin):
    resource = "rfm"
    list_display = ("month", "kind", "recency", "frequency", "turnover")
