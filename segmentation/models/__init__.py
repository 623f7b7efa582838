from segmentation.models.facts import Facts, FactsMonth, Published
from segmentation.models.schemes import SchemeVersion, Tier, TierScheme
from segmentation.models.stops import Stop
from segmentation.models.tiers import TierDecision, TierPeriod
from segmentation.models.waivers import StagedWaiver, WaiverEntry, WaiverLine, WaiverPolicy

__all__ = [
    "Facts",
    "FactsMonth",
    "Published",
    "SchemeVersion",
    "StagedWaiver",
    "Stop",
    "Tier",
    "TierDecision",
    "TierPeriod",
    "TierScheme",
    "WaiverEntry",
    "WaiverLine",
    "WaiverPolicy",
]
