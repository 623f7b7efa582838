from django.urls import path

from segmentation.viewsets.ledgers import DecisionViewSet, TierPeriodViewSet, WaiverViewSet
from segmentation.viewsets.policies import TierSchemeViewSet, TierViewSet, WaiverPolicyViewSet
from segmentation.viewsets.rules import RuleCheck
from segmentation.viewsets.simulations import SimulationViewSet
from segmentation.viewsets.why import CustomerTier

ROUTES = (
    ("tier-schemes", TierSchemeViewSet, "tier-schemes"),
    ("tiers", TierViewSet, "tiers"),
    ("tier-periods", TierPeriodViewSet, "tier-periods"),
    ("waiver-policies", WaiverPolicyViewSet, "waiver-policies"),
    ("waivers", WaiverViewSet, "waivers"),
    ("simulations", SimulationViewSet, "simulations"),
    ("customers/<int:customer_id>/decisions", DecisionViewSet, "customer-decisions"),
)
PATHS = (
    path("customers/<int:customer_id>/tier/", CustomerTier.as_view(), name="customer-tier"),
    path("rules/check/", RuleCheck.as_view(), name="rules-check"),
)

__all__ = ["PATHS", "ROUTES"]
