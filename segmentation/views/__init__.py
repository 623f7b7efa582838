from segmentation.views.ledger import WaiverList
from segmentation.views.overrides import EndOverride, OverrideList, ProposeOverride
from segmentation.views.policies import TiersPage, WaiverPoliciesPage
from segmentation.views.why import DecisionList, WhyPage

__all__ = [
    "DecisionList",
    "EndOverride",
    "OverrideList",
    "ProposeOverride",
    "TiersPage",
    "WaiverList",
    "WaiverPoliciesPage",
    "WhyPage",
]
