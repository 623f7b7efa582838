from segmentation.decisions.views import DecisionsPage, LetterPage
from segmentation.views.by_hand import ReverseEntry, WaiveCharge
from segmentation.views.drafts import DraftAdd, DraftDrop, DraftList, DraftPage
from segmentation.views.editing import DraftEdit
from segmentation.views.ledger import WaiverList
from segmentation.views.overrides import EndOverride, OverrideList, ProposeOverride
from segmentation.views.policies import TiersPage, WaiverPoliciesPage
from segmentation.views.proposing import DraftPropose
from segmentation.views.rules import RulePart, RulesPage
from segmentation.views.simulations import (
    DraftSimulate,
    MoverList,
    SimulationList,
    SimulationPage,
    SimulationProgress,
)
from segmentation.views.versions import SchemeRollback, SchemeVersionPage, WaiverPolicyPage, WaiverRollback
from segmentation.views.why import WhyPage

__all__ = [
    "DecisionsPage",
    "DraftAdd",
    "DraftDrop",
    "DraftEdit",
    "DraftList",
    "DraftPage",
    "DraftPropose",
    "DraftSimulate",
    "EndOverride",
    "LetterPage",
    "MoverList",
    "OverrideList",
    "ProposeOverride",
    "ReverseEntry",
    "RulePart",
    "RulesPage",
    "SchemeRollback",
    "SchemeVersionPage",
    "SimulationList",
    "SimulationPage",
    "SimulationProgress",
    "TiersPage",
    "WaiveCharge",
    "WaiverList",
    "WaiverPoliciesPage",
    "WaiverPolicyPage",
    "WaiverRollback",
    "WhyPage",
]
