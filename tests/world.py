"""Somebody of each role, and a thing of each kind that an address names, for the own customer and for the other."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from crm.audit import services as audit
from customers.imports.mapping.services import keep_survey
from customers.models import Customer, Feed
from customers.registering.services import keep_draft
from managers.models import ContactPlan
from segmentation.models import Posting, PostingBatch, Published
from segmentation.value.reckoning import make_room
from tests.access import ROLES
from tests.factories import (
    AttributeFactory,
    BenefitFactory,
    ChangeFactory,
    CompanyFigureFactory,
    CompanyNewsFactory,
    CompanyRelationFactory,
    ConsentFactory,
    ContactPersonFactory,
    ContactPlanFactory,
    CreditLimitFactory,
    CustomerFactory,
    DeputyFactory,
    DueContactFactory,
    DuplicateFactory,
    EntitlementOverrideFactory,
    EntitlementUseFactory,
    ErasureFactory,
    FigureKindFactory,
    FlagFactory,
    FreeAccountFactory,
    GoldCardFactory,
    GroupMemberFactory,
    GuaranteeFactory,
    HouseholdMemberFactory,
    ImportBatchFactory,
    ImportProfileFactory,
    LeakFactory,
    LifeEventFactory,
    MeetingFactory,
    MergeFactory,
    OpportunityFactory,
    PolicyDraftFactory,
    PreferenceFactory,
    ProductAnswerFactory,
    ProductOfferFactory,
    ProposalFactory,
    ReferralFactory,
    RenewalFactory,
    RiskAssessmentFactory,
    RunFactory,
    SchemeVersionFactory,
    SegmentFactory,
    SegmentMembershipFactory,
    SegmentSnapshotFactory,
    ServiceStandardFactory,
    SimulatedTierFactory,
    SimulationFactory,
    SiteVisitFactory,
    StatementPrintFactory,
    SubjectExportFactory,
    SuggestionFactory,
    TaskFactory,
    TierDecisionFactory,
    TierFactory,
    TierOverrideFactory,
    TierPeriodFactory,
    ValueMonthFactory,
    ValueVersionFactory,
    ValueYearFactory,
    WaiverCheckFactory,
    WaiverEntryFactory,
    WaiverPolicyFactory,
)
from tests.factories.behaviour import close_month, tell_behaviour
from tests.world_books import looked_after
from tests.world_counter import at_the_counter
from tests.world_events import gatherings
from tests.world_managers import asked
from tests.world_papers import papers
from tests.world_requests import catalogued, wished
from tests.world_roster import planned
from tests.world_service import brought, promised

# the tiers of a published date are decided: an override starts later
LATER = date(2026, 9, 1)
FEBRUARY = date(2026, 2, 1)


class Upload:
    """A file that is new each time it is asked for."""

    @property
    def pk(self) -> SimpleUploadedFile:
        return SimpleUploadedFile("customers.csv", b"number,kind,name\n9001,person,Ann\n")


class Columns:
    """What a profile says of the columns of a file."""

    pk = {"客户号": {"field": "number"}, "类别": {"field": "kind"}}


class Answers(Upload):
    """A file of the core's, new each time."""

    @property
    def pk(self) -> SimpleUploadedFile:
        return SimpleUploadedFile("answers.csv", b"entry,state,posted_on,reason\n1,posted,2026-04-01,\n")


class Nobodies:
    """A list without anybody."""

    pk: list = []


class CoreAnswers:
    pk: list = [{"entry": 1, "state": "posted", "posted_on": "2026-04-01"}]


class Tree:
    """A rule as in a policy file."""

    pk = {"field": "balance", "op": ">=", "value": "30000"}


class Today:
    @property
    def pk(self) -> date:
        return timezone.localdate()


class Key:
    """Of a row on the day of a manager."""

    def __init__(self, pk: str) -> None:
        self.pk = pk


class Tomorrow:
    @property
    def pk(self) -> date:
        return timezone.localdate() + timedelta(days=1)


class TomorrowNoon:
    @property
    def pk(self) -> str:
        return f"{timezone.localdate() + timedelta(days=1)}T12:00"


class Login:
    """The content of a proposal about somebody's login."""

    pk = {"username": "teller"}


class PolicyFile:
    """A policy file that may be tried."""

    @property
    def pk(self) -> dict:
        return {"waiver_policy": {"lines": []}}


# what is typed and uploaded, rather than named by an address
TYPED = {
    "answers_file": Answers(),
    "core_answers": CoreAnswers(),
    "nobodies": Nobodies(),
    "columns": Columns(),
    "file": Upload(),
    "rule": Tree(),
    "policy_file": PolicyFile(),
    "login": Login(),
    "today": Today(),
    "tomorrow": Tomorrow(),
    "tomorrow_noon": TomorrowNoon(),
}


@pytest.fixture
def everybody(request):
    return {role: request.getfixturevalue(role) for role in (*ROLES, "stranger")}


@pytest.fixture
def world(own, other, everybody, settings, tmp_path):
    """The things that addresses name, of the own customer and of the other."""
    Published.objects.create(business_date=(run := RunFactory()).business_date, slot=0, run=run)
    simulation, check = SimulationFactory(), WaiverCheckFactory()
    shared = {
        "run": run,
        "simulation": simulation,
        "waiver_check": check,
        "held_run": RunFactory(business_date=date(2026, 2, 28), status="held"),
        "proposal": ProposalFactory(maker=everybody["admin"]),
        "draft": PolicyDraftFactory(owner=everybody["admin"]),
        "begun": keep_draft(typed={"name": "王芳"}, kind="person", at=timezone.now(), by=everybody["manager"]),
        "mandate": DeputyFactory(),
        "batch": ImportBatchFactory(),
        **uploads(settings, tmp_path, everybody["admin"]),
        "feed": Feed.objects.create(kind="fees"),
        "event": audit.record("test.done", own.customer, by="test"),
        "alert": everybody["manager"].notifications.create(at=run.created_at, text="Done", url="/"),
        "user": everybody["teller"],
        "tier": TierFactory(),
        "scheme": TierFactory().scheme,
        "policy": WaiverPolicyFactory(),
        "segment": SegmentFactory(),
        "assumptions": ValueVersionFactory(),
        "snapshot": SegmentSnapshotFactory(taken_by=everybody["admin"]),
        "version": SchemeVersionFactory(),
        "standard": ServiceStandardFactory(),
        "benefit": BenefitFactory(),
        **asked(everybody["admin"], everybody["approver"]),
        **(TYPED | promised() | catalogued() | planned()),
    }
    reckon_month(own.customer, other.customer)
    found = {
        "own": shared | around(own, run, simulation, check) | of_company(own),
        "other": shared | around(other, run, simulation, check) | of_company(other),
    }
    sent = answered(found["own"]["waiver"], run.created_at)
    for story, agent, things in ((own, everybody["agent"], found["own"]), (other, None, found["other"])):
        things |= at_the_counter(story, agent, everybody["teller"]) | lately(story.customer, sent, everybody["teller"])
    return found


def lately(customer, sent, teller) -> dict:
    """Papers, life, wishes, and what the core answered."""
    posted = {"posting": sent, "posting_batch": sent.batch}
    return papers(customer) | lived(customer) | wished(customer, teller) | posted


def uploads(settings, folder, admin) -> dict:
    """Files with columns of another system, in a folder of this test alone: one that nobody has mapped, and one that is."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    said = {
        "客户号": {"field": "number"},
        "类别": {"field": "kind", "values": {"个人": "person"}},
        "备注": {"field": ""},
    }
    batches = []
    for mapping in ({}, said):
        lines = "客户号,类别,性别,开户日,备注\n9001,个人,男,01.02.2024,\n9002,其他,女,03.02.2024,甲\n"
        file = SimpleUploadedFile("客户.csv", lines.encode("utf-8-sig"))
        run = RunFactory(of_a_file=True, waiting=True)
        batches.append(ImportBatchFactory(run=run, file=file, filename="客户.csv", mapping=mapping, uploaded_by=admin))
    keep_survey(batches[0], is_plain=False)
    return {"unmapped": batches[0], "mapped": batches[1], "profile": ImportProfileFactory(changed_by=admin)}


def reckon_month(*customers) -> None:
    """What these were worth in the closed month."""
    month = close_month(FEBRUARY).month
    make_room(str(month))
    for customer in customers:
        ValueMonthFactory(customer=customer)
        ValueYearFactory(customer=customer)


def answered(entry, at) -> Posting:
    """By the core, so that it can be taken back."""
    batch = PostingBatch.objects.create(value_date=LATER)
    return Posting.objects.create(entry=entry, batch=batch, state="posted", posted_on=LATER, answered_at=at)


def of_company(story) -> dict:
    """A company in the same book, and what is noted of it."""
    book = {"manager": story.customer.manager, "branch": story.customer.branch}
    company, lone = (CustomerFactory(company=True, **book) for _ in range(2))
    of = {"customer": company}
    return {
        "company": company,
        "figure_kind": FigureKindFactory(),
        "lone_company": lone,
        "company_relation": CompanyRelationFactory(**of),
        "outside_party": CompanyRelationFactory(**of, abroad=True).outsider,
        "company_limit": CreditLimitFactory(**of),
        "company_guarantee": GuaranteeFactory(**of),
        "company_person": ContactPersonFactory(**of),
        "company_visit": SiteVisitFactory(**of),
        "company_news": CompanyNewsFactory(**of),
        "company_renewal": RenewalFactory(**of),
        "company_figure": CompanyFigureFactory(**of),
        "group_member": (member := GroupMemberFactory(**of)),
        "group": member.group,
    }


def asked_of_us(story) -> dict:
    """What a customer may ask; to be erased asks one who has no account, so that nothing stands against it."""
    free = CustomerFactory(manager=story.customer.manager, branch=story.customer.branch)
    return {
        "subject_export": SubjectExportFactory(customer=story.customer),
        "erasure": ErasureFactory(customer=free),
        "attribute": AttributeFactory(),
        "statement": StatementPrintFactory(customer=story.customer, account=story.account),
    }


def around(story, run, simulation, check) -> dict:
    """What belongs to the story's customer."""
    SimulatedTierFactory(simulation=simulation, customer=story.customer)
    # who is looked after by the same people, and has a free account already
    neighbour, twin, gone = (
        CustomerFactory(manager=story.customer.manager, branch=story.customer.branch) for _ in range(3)
    )
    Customer.objects.filter(pk=gone.pk).update(merged_into=story.customer, status="closed")
    return vars(story) | {
        "decision": TierDecisionFactory(customer=story.customer, run=run),
        "behaviour": tell_behaviour(story.customer),
        "membership": SegmentMembershipFactory(customer=story.customer),
        "period": TierPeriodFactory(customer=story.customer),
        "household": (member := HouseholdMemberFactory(customer=story.customer)).household,
        "member": member,
        "override": TierOverrideFactory(customer=story.customer, since=LATER, until=LATER + timedelta(days=90)),
        "waiver": WaiverEntryFactory(customer=story.customer, charge=story.charge),
        "branch": story.customer.branch,
        "suggestion": (suggestion := SuggestionFactory(customer=story.customer)),
        "product_answer": ProductAnswerFactory(suggestion=suggestion),
        "assessment": RiskAssessmentFactory(customer=story.customer),
        "consent": ConsentFactory(customer=story.customer),
        "offer": suggestion.product,
        "product_offer": ProductOfferFactory(product=suggestion.product),
        "leak": LeakFactory(waiver_check=check, customer=story.customer),
        "free": FreeAccountFactory(customer=story.customer),
        "named": FreeAccountFactory(customer=neighbour, until=None),
        # of another benefit, so that one of the first may be asked for
        "ruled": EntitlementOverrideFactory(customer=story.customer, benefit=BenefitFactory(code="parking")),
        "use": EntitlementUseFactory(customer=story.customer, recorded_at=timezone.now()),
        "gold_card": GoldCardFactory(customer=story.customer),
        "twin": twin,
        "keeper": story.customer.manager,
        "pair": DuplicateFactory(first=story.customer, second=twin),
        "merge": MergeFactory(survivor=story.customer, absorbed=gone),
        **(to_do(story.customer) | brought(story.customer)),
        **looked_after(story.customer),
        **gatherings(story.customer),
        **asked_of_us(story),
    }


def to_do(customer) -> dict:
    """What their manager has to do for them, and the key of a row on the day."""
    return {
        "task": TaskFactory(customer=customer),
        "due": DueContactFactory(customer=customer),
        "meeting": MeetingFactory(customer=customer, manager__branch=customer.branch),
        "plan": ContactPlan.objects.first() or ContactPlanFactory(),
        "cadence_run": RunFactory(kind="cadence", business_date=None, result={"changed": 0}),
        "row": Key(f"contact:contact:{customer.pk}:2026-03-02"),
    }


def lived(customer) -> dict:
    """What is known of how a customer lives and wants to be treated, and what was noticed of them."""
    return {
        "preference": PreferenceFactory(customer=customer),
        "diet": PreferenceFactory(customer=customer, kind="diet", value="halal"),
        "life_event": LifeEventFactory(customer=customer),
        "flag": FlagFactory(customer=customer),
        "change": ChangeFactory(customer=customer),
        **sold(customer),
    }


def sold(customer) -> dict:
    """What they may buy, being assessed, and what they did not buy."""
    RiskAssessmentFactory(customer=customer, assessed_on=timezone.localdate())
    opportunity = OpportunityFactory(customer=customer)
    return {
        "opportunity": opportunity,
        "lost_opportunity": OpportunityFactory(customer=customer, lost=True),
        "product": opportunity.product,
        "referral": ReferralFactory(customer=customer),
    }
