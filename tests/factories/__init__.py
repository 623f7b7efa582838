"""Rows for tests, with traits named after situations. Ask for data only where the rule needs it."""

from tests.factories.advice import AdviceFactory
from tests.factories.approvals import DeputyFactory, ProposalFactory
from tests.factories.assigning import (
    AssignmentPolicyFactory,
    AssignmentRunFactory,
    BookChangeFactory,
    ManagedCustomerFactory,
    MoveSuggestionFactory,
)
from tests.factories.attributes import AttributeFactory, AttributeValueFactory
from tests.factories.books import AbsenceFactory, AssignmentFactory
from tests.factories.cadence import ContactPlanFactory, DueContactFactory
from tests.factories.changes import ChangeFactory, ChangeRuleFactory
from tests.factories.companies import (
    CompanyFigureFactory,
    CompanyGroupFactory,
    CompanyNewsFactory,
    CompanyRelationFactory,
    ContactPersonFactory,
    CreditLimitFactory,
    FigureKindFactory,
    GroupLimitFactory,
    GroupMemberFactory,
    GuaranteeFactory,
    OutsidePartyFactory,
    RenewalFactory,
    SiteVisitFactory,
)
from tests.factories.contacting import ConsentFactory, FlagFactory, RiskAssessmentFactory
from tests.factories.customers import (
    AccountFactory,
    AccountHolderFactory,
    BalanceFactory,
    ContactFactory,
    CustomerFactory,
    ExchangeRateFactory,
    FeeChargeFactory,
    FeeTypeFactory,
    ImportBatchFactory,
    ImportProfileFactory,
    InteractionFactory,
    ProductFactory,
    TransactionFactory,
)
from tests.factories.documents import DocumentFactory, DocumentImageFactory
from tests.factories.events import EventFactory, InvitationFactory, TierQuotaFactory
from tests.factories.gifts import GiftFactory
from tests.factories.handovers import HandoverFactory, LeavingFactory
from tests.factories.identity import PASSWORD, BranchFactory, ReachFactory, TeamFactory, UserFactory
from tests.factories.jobs import RunFactory
from tests.factories.kyc import KycReviewFactory, RiskRatingFactory
from tests.factories.leaks import LeakFactory, WaiverCheckFactory
from tests.factories.living import LifeEventFactory, PreferenceFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.merges import DuplicateFactory, MergeFactory
from tests.factories.overrides import (
    FeeDueFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    TierOverrideFactory,
)
from tests.factories.plans import CustomerPlanFactory, PlanActionFactory, PlanGoalFactory
from tests.factories.privacy import ErasureFactory, SubjectExportFactory
from tests.factories.products import (
    AffinityFactory,
    ProductAnswerFactory,
    ProductOfferFactory,
    SuggestionFactory,
)
from tests.factories.prospects import ProspectFactory
from tests.factories.queue import (
    BookingFactory,
    BranchQueueFactory,
    BusinessKindFactory,
    CardKeyFactory,
    CounterFactory,
    QueueNumberFactory,
    RoomFactory,
)
from tests.factories.referrals import ReferralFactory
from tests.factories.requests import ConditionFactory, ResourceRequestFactory
from tests.factories.sales import OpportunityFactory
from tests.factories.segmentation import (
    FreeAccountFactory,
    PolicyDraftFactory,
    SchemeVersionFactory,
    TierDecisionFactory,
    TierFactory,
    TierPeriodFactory,
    TierSchemeFactory,
    WaiverEntryFactory,
    WaiverLineFactory,
    WaiverPolicyFactory,
)
from tests.factories.segments import (
    SegmentFactory,
    SegmentMembershipFactory,
    SegmentSnapshotFactory,
    SegmentVersionFactory,
)
from tests.factories.service import (
    CallBackFactory,
    CallerFactory,
    CallReasonFactory,
    CallScriptFactory,
    ComplaintFactory,
    ComplaintLetterFactory,
    ComplaintReviewFactory,
    ComplaintRulesFactory,
    DeskProfileFactory,
    MandateFactory,
    ServiceLevelsFactory,
    TicketAttachmentFactory,
    TicketFactory,
    TicketQueueFactory,
    WrapUpFactory,
)
from tests.factories.simulations import SimulatedTierFactory, SimulationFactory
from tests.factories.staff import CertificateFactory, ManagerGradeFactory, ScorecardFactory, TrainingFactory
from tests.factories.standards import (
    BenefitFactory,
    EntitlementOverrideFactory,
    EntitlementUseFactory,
    GoldCardFactory,
    ServiceStandardFactory,
)
from tests.factories.statements import StatementPrintFactory
from tests.factories.targets import TargetFactory
from tests.factories.tasks import TaskFactory
from tests.factories.value import ValueMonthFactory, ValueVersionFactory, ValueYearFactory

__all__ = [
    "PASSWORD",
    "AbsenceFactory",
    "AccountFactory",
    "AccountHolderFactory",
    "AdviceFactory",
    "AffinityFactory",
    "AssignmentFactory",
    "AssignmentPolicyFactory",
    "AssignmentRunFactory",
    "AttributeFactory",
    "AttributeValueFactory",
    "BalanceFactory",
    "BenefitFactory",
    "BookChangeFactory",
    "BookingFactory",
    "BranchFactory",
    "BranchQueueFactory",
    "BusinessKindFactory",
    "CallBackFactory",
    "CallReasonFactory",
    "CallScriptFactory",
    "CallerFactory",
    "CardKeyFactory",
    "CertificateFactory",
    "ChangeFactory",
    "ChangeRuleFactory",
    "CompanyFigureFactory",
    "CompanyGroupFactory",
    "CompanyNewsFactory",
    "CompanyRelationFactory",
    "ComplaintFactory",
    "ComplaintLetterFactory",
    "ComplaintReviewFactory",
    "ComplaintRulesFactory",
    "ConditionFactory",
    "ConsentFactory",
    "ContactFactory",
    "ContactPersonFactory",
    "ContactPlanFactory",
    "CounterFactory",
    "CreditLimitFactory",
    "CustomerFactory",
    "CustomerPlanFactory",
    "DeputyFactory",
    "DeskProfileFactory",
    "DocumentFactory",
    "DocumentImageFactory",
    "DueContactFactory",
    "DuplicateFactory",
    "EntitlementOverrideFactory",
    "EntitlementUseFactory",
    "ErasureFactory",
    "EventFactory",
    "ExchangeRateFactory",
    "FeeChargeFactory",
    "FeeDueFactory",
    "FeeTypeFactory",
    "FigureKindFactory",
    "FlagFactory",
    "FreeAccountFactory",
    "GiftFactory",
    "GoldCardFactory",
    "GroupLimitFactory",
    "GroupMemberFactory",
    "GuaranteeFactory",
    "HandoverFactory",
    "HouseholdFactory",
    "HouseholdMemberFactory",
    "ImportBatchFactory",
    "ImportProfileFactory",
    "InteractionFactory",
    "InvitationFactory",
    "KycReviewFactory",
    "LeakFactory",
    "LeavingFactory",
    "LifeEventFactory",
    "ManagedCustomerFactory",
    "ManagerGradeFactory",
    "MandateFactory",
    "MeetingFactory",
    "MergeFactory",
    "MoveSuggestionFactory",
    "OpportunityFactory",
    "OutsidePartyFactory",
    "PlanActionFactory",
    "PlanGoalFactory",
    "PolicyDraftFactory",
    "PreferenceFactory",
    "ProductAnswerFactory",
    "ProductFactory",
    "ProductOfferFactory",
    "ProposalFactory",
    "ProspectFactory",
    "QueueNumberFactory",
    "ReachFactory",
    "ReferralFactory",
    "RenewalFactory",
    "ResourceRequestFactory",
    "RiskAssessmentFactory",
    "RiskRatingFactory",
    "RoomFactory",
    "RunFactory",
    "SchemeVersionFactory",
    "ScorecardFactory",
    "SegmentFactory",
    "SegmentMembershipFactory",
    "SegmentSnapshotFactory",
    "SegmentVersionFactory",
    "ServiceLevelsFactory",
    "ServiceStandardFactory",
    "SimulatedTierFactory",
    "SimulationFactory",
    "SiteVisitFactory",
    "StatementPrintFactory",
    "SubjectExportFactory",
    "SuggestionFactory",
    "TargetFactory",
    "TaskFactory",
    "TeamFactory",
    "TicketAttachmentFactory",
    "TicketFactory",
    "TicketQueueFactory",
    "TierDecisionFactory",
    "TierFactory",
    "TierOverrideFactory",
    "TierPeriodFactory",
    "TierQuotaFactory",
    "TierSchemeFactory",
    "TrainingFactory",
    "TransactionFactory",
    "UserFactory",
    "ValueMonthFactory",
    "ValueVersionFactory",
    "ValueYearFactory",
    "WaiverCheckFactory",
    "WaiverEntryFactory",
    "WaiverLineFactory",
    "WaiverPolicyFactory",
    "WrapUpFactory",
]
