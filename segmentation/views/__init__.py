from segmentation.views.ledger import WaiverList
from segmentation.views.policies import TiersPage, WaiverPoliciesPage
from segmentation.views.versions import SchemeRollback, SchemeVersionPage, WaiverPolicyPage, WaiverRollback
from segmentation.views.why import DecisionList, WhyPage

__all__ = [
    "DecisionList",
    "SchemeRollback",
    "SchemeVersionPage",
    "TiersPage",
    "WaiverList",
    "WaiverPoliciesPage",
    "WaiverPolicyPage",
    "WaiverRollback",
    "WhyPage",
]
