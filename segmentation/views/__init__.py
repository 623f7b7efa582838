from segmentation.decisions.views import DecisionsPage, LetterPage
from segmentation.views.ledger import WaiverList
from segmentation.views.policies import TiersPage, WaiverPoliciesPage
from segmentation.views.why import WhyPage

__all__ = ["DecisionsPage", "LetterPage", "TiersPage", "WaiverList", "WaiverPoliciesPage", "WhyPage"]
