from segmentation.views.ledger import WaiverList
from segmentation.views.policies import TiersPage, WaiverPoliciesPage
from segmentation.views.rules import RulePart, RulesPage
from segmentation.views.why import DecisionList, WhyPage

__all__ = ["DecisionList", "RulePart", "RulesPage", "TiersPage", "WaiverList", "WaiverPoliciesPage", "WhyPage"]
