from segmentation.standards.views.cards import GoldCardList, ReportLost, ResumeCard
from segmentation.standards.views.customer import CustomerEntitlements, RecordUse, UndoUse
from segmentation.standards.views.overrides import (
    EndEntitlementOverride,
    EntitlementOverrideList,
    ProposeEntitlementOverride,
)
from segmentation.standards.views.standards import StandardRollback, StandardsPage, StandardVersionPage
from segmentation.standards.views.uses import BenefitReport, UseList

__all__ = [
    "BenefitReport",
    "CustomerEntitlements",
    "EndEntitlementOverride",
    "EntitlementOverrideList",
    "GoldCardList",
    "ProposeEntitlementOverride",
    "RecordUse",
    "ReportLost",
    "ResumeCard",
    "StandardRollback",
    "StandardVersionPage",
    "StandardsPage",
    "UndoUse",
    "UseList",
]
