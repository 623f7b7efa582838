from segmentation.viewsets.ledgers import DecisionViewSet, TierPeriodViewSet, WaiverViewSet
from segmentation.viewsets.policies import TierSchemeViewSet, TierViewSet, WaiverPolicyViewSet

ROUTES = (
    ("tier-schemes", TierSchemeViewSet, "tier-schemes"),
    ("tiers", TierViewSet, "tiers"),
    ("tier-periods", TierPeriodViewSet, "tier-periods"),
    ("waiver-policies", WaiverPolicyViewSet, "waiver-policies"),
    ("waivers", WaiverViewSet, "waivers"),
    ("customers/<int:customer_id>/decisions", DecisionViewSet, "customer-decisions"),
)

__all__ = ["ROUTES"]
