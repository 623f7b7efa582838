from django.urls import path

from segmentation.behaviour.viewset import CustomerBehaviour
from segmentation.decisions.viewset import CustomerDecisions
from segmentation.free_accounts.viewsets import FreeAccountViewSet
from segmentation.leakage.viewsets import LeakViewSet, WaiverCheckViewSet
from segmentation.outbox.viewsets import BatchViewSet, PostingAnswers, PostingViewSet
from segmentation.reconciliation.viewsets import WaiverReconciliation
from segmentation.segments.viewsets import SegmentMembers, SegmentSnapshots, SegmentViewSet
from segmentation.standards.viewsets import (
    CustomerEntitlementsView,
    EntitlementOverrideViewSet,
    GoldCardViewSet,
    ServiceStandardViewSet,
    UndoView,
    UseViewSet,
)
from segmentation.value.viewsets import CustomerValue, CustomerValueLine, ValueVersionViewSet
from segmentation.viewsets.ledgers import TierPeriodViewSet, WaiverViewSet
from segmentation.viewsets.overrides import TierOverrideViewSet
from segmentation.viewsets.policies import TierSchemeViewSet, TierViewSet, WaiverPolicyViewSet
from segmentation.viewsets.rules import RuleCheck
from segmentation.viewsets.simulations import SimulationViewSet
from segmentation.viewsets.totals import WaiverTotals
from segmentation.viewsets.why import CustomerTier

ROUTES = (
    ("tier-schemes", TierSchemeViewSet, "tier-schemes"),
    ("tiers", TierViewSet, "tiers"),
    ("tier-periods", TierPeriodViewSet, "tier-periods"),
    ("tier-overrides", TierOverrideViewSet, "tier-overrides"),
    ("waiver-policies", WaiverPolicyViewSet, "waiver-policies"),
    ("waivers", WaiverViewSet, "waivers"),
    ("simulations", SimulationViewSet, "simulations"),
    ("waiver-postings", PostingViewSet, "waiver-postings"),
    ("waiver-batches", BatchViewSet, "waiver-batches"),
    ("waiver-checks", WaiverCheckViewSet, "waiver-checks"),
    ("waiver-checks/<int:check_id>/charges", LeakViewSet, "leaks"),
    ("free-accounts", FreeAccountViewSet, "free-accounts"),
    ("service-standards", ServiceStandardViewSet, "service-standards"),
    ("entitlement-uses", UseViewSet, "entitlement-uses"),
    ("entitlement-overrides", EntitlementOverrideViewSet, "entitlement-overrides"),
    ("gold-cards", GoldCardViewSet, "gold-cards"),
    ("segments", SegmentViewSet, "segments"),
    ("value-assumptions", ValueVersionViewSet, "value-assumptions"),
    ("segments/<int:segment_id>/members", SegmentMembers, "segment-members"),
    ("segments/<int:segment_id>/snapshots", SegmentSnapshots, "segment-snapshots"),
)
PATHS = (
    path("customers/<int:customer_id>/entitlements/", CustomerEntitlementsView.as_view(), name="customer-entitlements"),
    path("entitlement-uses/<int:pk>/undo/", UndoView.as_view(), name="entitlement-uses-undo"),
    path("customers/<int:customer_id>/behaviour/", CustomerBehaviour.as_view(), name="customer-behaviour"),
    path("customers/<int:customer_id>/tier/", CustomerTier.as_view(), name="customer-tier"),
    path("customers/<int:customer_id>/value/", CustomerValue.as_view(), name="customer-value"),
    path("customers/<int:customer_id>/value/<slug:line>/", CustomerValueLine.as_view(), name="customer-value-line"),
    path("customers/<int:customer_id>/decisions/", CustomerDecisions.as_view(), name="customer-decisions"),
    path("waiver-reconciliation/", WaiverReconciliation.as_view(), name="waiver-reconciliation"),
    path("waivers/totals/", WaiverTotals.as_view(), name="waiver-totals"),
    path("waiver-postings/answers/", PostingAnswers.as_view(), name="waiver-postings-answers"),
    path("rules/check/", RuleCheck.as_view(), name="rules-check"),
)

__all__ = ["PATHS", "ROUTES"]
