from segmentation.models.assigning import AssignmentPolicy
from segmentation.models.behaviour import Behaviour, LifeStage, Quintiles
from segmentation.models.cards import GoldCard
from segmentation.models.changes import Change, ChangeDay, ChangeRule
from segmentation.models.drafts import PolicyDraft
from segmentation.models.entitlements import EntitlementOverride, EntitlementUse, Origin
from segmentation.models.exemptions import Exemption, FreeAccount
from segmentation.models.facts import Facts, FactsMonth, Published
from segmentation.models.fees_due import FeeDue
from segmentation.models.leaks import Leak, WaiverCheck
from segmentation.models.memberships import PrimarySegment, SegmentMembership, StagedSegments, StandingSegments
from segmentation.models.months import ClosedMonth
from segmentation.models.nearing import NearTier
from segmentation.models.offers import ProductOffer
from segmentation.models.outbox import Posting, PostingBatch
from segmentation.models.overrides import TierOverride
from segmentation.models.schemes import SchemeVersion, Tier, TierScheme
from segmentation.models.segments import SEGMENTED, Segment, SegmentDay, SegmentVersion
from segmentation.models.simulations import SimulatedTier, SimulatedWaiver, Simulation
from segmentation.models.snapshots import SegmentSnapshot, SnapshotMember
from segmentation.models.standards import Benefit, ServiceStandard
from segmentation.models.stops import Stop
from segmentation.models.suggestions import Affinity, PeerGroup, ProductAnswer, StagedPeer, Suggestion
from segmentation.models.tiers import TierDecision, TierPeriod
from segmentation.models.value import StagedValue, ValueMonth, ValueVersion, ValueYear
from segmentation.models.waivers import StagedWaiver, WaiverEntry, WaiverLine, WaiverPolicy

__all__ = [
    "SEGMENTED",
    "Affinity",
    "AssignmentPolicy",
    "Behaviour",
    "Benefit",
    "Change",
    "ChangeDay",
    "ChangeRule",
    "ClosedMonth",
    "EntitlementOverride",
    "EntitlementUse",
    "Exemption",
    "Facts",
    "FactsMonth",
    "FeeDue",
    "FreeAccount",
    "GoldCard",
    "Leak",
    "LifeStage",
    "NearTier",
    "Origin",
    "PeerGroup",
    "PolicyDraft",
    "Posting",
    "PostingBatch",
    "PrimarySegment",
    "ProductAnswer",
    "ProductOffer",
    "Published",
    "Quintiles",
    "SchemeVersion",
    "Segment",
    "SegmentDay",
    "SegmentMembership",
    "SegmentSnapshot",
    "SegmentVersion",
    "ServiceStandard",
    "SimulatedTier",
    "SimulatedWaiver",
    "Simulation",
    "SnapshotMember",
    "StagedPeer",
    "StagedSegments",
    "StagedValue",
    "StagedWaiver",
    "StandingSegments",
    "Stop",
    "Suggestion",
    "Tier",
    "TierDecision",
    "TierOverride",
    "TierPeriod",
    "TierScheme",
    "ValueMonth",
    "ValueVersion",
    "ValueYear",
    "WaiverCheck",
    "WaiverEntry",
    "WaiverLine",
    "WaiverPolicy",
]
