from segmentation.models.drafts import PolicyDraft
from segmentation.models.facts import Facts, FactsMonth, Published
from segmentation.models.fees_due import FeeDue
from segmentation.models.overrides import TierOverride
from segmentation.models.schemes import SchemeVersion, Tier, TierScheme
from segmentation.models.simulations import SimulatedTier, SimulatedWaiver, Simulation
from segmentation.models.stops import Stop
from segmentation.models.tiers import TierDecision, TierPeriod
from segmentation.models.waivers import StagedWaiver, WaiverEntry, WaiverLine, WaiverPolicy

__all__ = [
    "Facts",
    "FactsMonth",
    "FeeDue",
    "PolicyDraft",
    "Published",
    "SchemeVersion",
    "SimulatedTier",
    "SimulatedWaiver",
    "Simulation",
    "StagedWaiver",
    "Stop",
    "Tier",
    "TierDecision",
    "TierOverride",
    "TierPeriod",
    "TierScheme",
    "WaiverEntry",
    "WaiverLine",
    "WaiverPolicy",
]
