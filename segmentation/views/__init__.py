from segmentation.views.ledger import WaiverList
from segmentation.views.policies import TiersPage, WaiverPoliciesPage
from segmentation.views.why import DecisionList, WhyPage

__all__ = ["DecisionList", "TiersPage", "WaiverList", "WaiverPoliciesPage", "WhyPage"]
