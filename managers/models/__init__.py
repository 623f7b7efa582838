from managers.models.advice import Advice, AdviceAnswer, AdviceLine, AdviceVersion
from managers.models.assigning import AssignmentGroup, BookChange, ManagedCustomer, MoveSuggestion
from managers.models.books import Assignment
from managers.models.cadence import ContactPlan, DueContact
from managers.models.day import CalendarFeed, LaidAside
from managers.models.events import Event, TierQuota
from managers.models.gifts import Gift
from managers.models.handovers import Handover, Leaving
from managers.models.invitations import Invitation
from managers.models.meetings import Meeting
from managers.models.people import Absence, Manager, ManagerProfile
from managers.models.plan_parts import PlanAction, PlanGoal
from managers.models.plans import CustomerPlan, PlanReview
from managers.models.prospects import Prospect
from managers.models.referrals import Referral, ReferralCredit
from managers.models.requests import Condition, ConditionCheck, ResourceRequest
from managers.models.resource_terms import ResourceTerms
from managers.models.sales import LostReason, Opportunity, Stage, StageMove
from managers.models.scorecards import Scorecard
from managers.models.staff import Certificate, Grade, ManagerGrade, Training
from managers.models.staff_standards import ManagerStandard
from managers.models.targets import Target
from managers.models.tasks import Task

__all__ = [
    "Absence",
    "Advice",
    "AdviceAnswer",
    "AdviceLine",
    "AdviceVersion",
    "Assignment",
    "AssignmentGroup",
    "BookChange",
    "CalendarFeed",
    "Certificate",
    "Condition",
    "ConditionCheck",
    "ContactPlan",
    "CustomerPlan",
    "DueContact",
    "Event",
    "Gift",
    "Grade",
    "Handover",
    "Invitation",
    "LaidAside",
    "Leaving",
    "LostReason",
    "ManagedCustomer",
    "Manager",
    "ManagerGrade",
    "ManagerProfile",
    "ManagerStandard",
    "Meeting",
    "MoveSuggestion",
    "Opportunity",
    "PlanAction",
    "PlanGoal",
    "PlanReview",
    "Prospect",
    "Referral",
    "ReferralCredit",
    "ResourceRequest",
    "ResourceTerms",
    "Scorecard",
    "Stage",
    "StageMove",
    "Target",
    "Task",
    "TierQuota",
    "Training",
]
