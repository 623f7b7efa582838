"""A customer of whom something stands in every corner of the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from crm.approvals.services import approve
from crm.audit.models import IdempotencyKey
from crm.audit.receivers import note_read
from crm.identity.models import User
from crm.identity.services import notify
from crm.jobs.models import RowError
from customers.companies.parties import correct_party, outside_party
from customers.models import Customer, Erasure
from customers.privacy.requests import ask_erasure, propose_erasure, refuse_erasure
from customers.services import (
    amend_interaction,
    change_contact,
    change_customer,
    correct_interaction,
    reveal_contact,
)
from managers.plans.services import look_back
from managers.sales.services import lose
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    AdviceFactory,
    CompanyNewsFactory,
    CompanyRelationFactory,
    ConsentFactory,
    ContactPersonFactory,
    CustomerFactory,
    CustomerPlanFactory,
    EntitlementUseFactory,
    FeeChargeFactory,
    FlagFactory,
    GiftFactory,
    GoldCardFactory,
    GuaranteeFactory,
    HouseholdMemberFactory,
    InteractionFactory,
    OpportunityFactory,
    PlanActionFactory,
    PlanGoalFactory,
    ProductAnswerFactory,
    ProductFactory,
    ProposalFactory,
    ReferralFactory,
    RenewalFactory,
    RunFactory,
    SiteVisitFactory,
    SuggestionFactory,
    TaskFactory,
    TierOverrideFactory,
    TransactionFactory,
    UserFactory,
    WaiverEntryFactory,
)
from tests.factories.advice import drafted
from tests.factories.calls import NeedFactory
from tests.factories.cards import BlankMovementFactory, CardOrderFactory, SpoilageFactory
from tests.factories.changes import ChangeFactory, ChangeRuleFactory
from tests.factories.documents import DocumentFactory, DocumentImageFactory
from tests.factories.kyc import RiskRatingFactory
from tests.factories.living import LifeEventFactory, PreferenceFactory

NAME, OLD_NAME = "欧阳听雨", "欧阳临风"
PHONE, NATIONAL_ID, EMAIL = "+8613912345670", "310101198805154321", "tingyu@example.com"
ADDRESS = "上海市静安区南京西路1266号"
BORN, BIRTHDAY = date(1988, 5, 15), date(2026, 5, 15)
OCCUPATION, OLD_OCCUPATION = "口腔科医生", "钢琴教师"
NOW = datetime.now(UTC)
WORDS = (
    NAME,
    OLD_NAME,
    "ou yang ting yu",
    "ouyangtingyu",
    "ouyanglinfeng",
    PHONE,
    PHONE[3:],
    NATIONAL_ID,
    EMAIL,
    ADDRESS,
    str(BORN),
    str(BIRTHDAY),
    "Turns 38",
    OCCUPATION,
    OLD_OCCUPATION,
)


@pytest.fixture
def known(manager, head, east) -> Customer:
    """Known to the bank by name, phone and more, and spoken of in notes, reasons and texts."""
    customer = CustomerFactory(
        name=OLD_NAME, number="C77001", manager=manager, branch=east, birth_date=BORN, occupation=OLD_OCCUPATION
    )
    customer = change_customer(customer=customer, by=manager, name=NAME, occupation=OCCUPATION)
    change_contact(customer=customer, by=manager, phone=PHONE, national_id=NATIONAL_ID, email=EMAIL, address=ADDRESS)
    talk = InteractionFactory(customer=customer, by=manager, note=f"{NAME}喜欢茶")
    correct_interaction(interaction=talk, by=manager, as_of=datetime.now(UTC), note=f"{NAME}喜欢咖啡")
    amend_interaction(interaction=talk, text=f"{NAME}的女儿结婚", by=manager, at=NOW)
    spoken_of(customer, manager, head)
    sold_to(customer, manager)
    noted_of(customer)
    noticed_of(customer, manager)
    close_proposals()
    return customer


def sold_to(customer: Customer, manager: User) -> None:
    """What they may buy, did not buy, and were referred for."""
    OpportunityFactory(customer=customer, next_step=f"约{NAME}面谈", competitors=f"{NAME}的老东家")
    AdviceFactory(customer=customer, handed=True, version_of__goals=f"{NAME}女儿留学")
    AdviceFactory(customer=customer, draft=drafted(ProductFactory()) | {"goals": f"{NAME}养老"})
    ReferralFactory(customer=customer, note=f"{NAME}想买基金")
    ReferralFactory(customer=customer, family="card", state="declined", answered_at=NOW, reason=f"{NAME}没空")
    planned_with(customer, manager)
    lost = OpportunityFactory(customer=customer)
    lose(opportunity=lost, lost_reason="other", lost_words=f"{NAME}移居海外", by=manager, at=NOW)


def planned_with(customer: Customer, manager: User) -> None:
    """In each word of a plan."""
    plan = CustomerPlanFactory(customer=customer, needs=f"{NAME}想换房", wallet_source=f"{NAME}说的")
    PlanGoalFactory(plan=plan, kind="other", figure=None, currency="", words=f"{NAME}转入工资")
    PlanGoalFactory(plan=plan, dropped_at=NOW, dropped_because=f"{NAME}不愿意")
    PlanActionFactory(plan=plan, what=f"拜访{NAME}", state="done", closed_at=NOW, reason=f"{NAME}答应了")
    PlanActionFactory(plan=plan, what=f"约见{NAME}的父母", who=manager)
    look_back(plan=plan, words=f"{NAME}很满意", by=manager, at=NOW)
    TaskFactory(customer=customer, kind="plan_action", about="1", figures={"what": f"约见{NAME}", "who": "manager"})


def noted_of(customer: Customer) -> None:
    """As of a company, and at the counter."""
    PreferenceFactory(customer=customer, value=f"叫她{NAME}")
    event = LifeEventFactory(customer=customer, about=NAME)
    event.about, event.version = f"{NAME}的儿子", event.version + 1
    event.save()
    DocumentImageFactory(document=DocumentFactory(customer=customer))
    RiskRatingFactory(customer=customer, reason=f"{NAME}是外国政要")
    ChangeFactory(customer=customer, figures={"name": NAME})
    NeedFactory(customer=customer, quote=f"{NAME}想要贷款")
    order = CardOrderFactory(customer=customer, embossed_name="OU YANG TING YU", state="cancelled", reason=f"{NAME}不要了",
                             closed_at=NOW, closed_by=UserFactory())  # fmt: skip
    report = SpoilageFactory(order=order, reason=f"{NAME}的卡", taken_back_at=NOW, taken_back_by=UserFactory(),
                             taken_back_reason=f"{NAME}说没坏")  # fmt: skip
    BlankMovementFactory(stock=report.stock, spoilage=report, remark=f"{NAME}的卡")
    father = outside_party(name=f"{NAME}之父", kind="person", by="test", at=NOW)
    firm = outside_party(name="Nordwnd AG", by="test", at=NOW)
    for party in (father, firm):
        CompanyRelationFactory(customer=customer, party=None, outsider=party)
        for number in (1, 2):
            said = {
                "name": f"{party.name}{number}",
                "reason": f"{NAME}说的第{number}遍",
                "by": customer.manager,
                "at": NOW,
            }
            correct_party(party=party, **said)
    SiteVisitFactory(customer=customer, findings=f"{NAME}接待")
    CompanyNewsFactory(customer=customer, text=f"{NAME}获奖")
    RenewalFactory(customer=customer, what=f"{NAME}的租约")
    CompanyRelationFactory(customer=customer, remark=f"{NAME}说的")
    person = ContactPersonFactory(customer=customer, name=NAME)
    person.version += 1
    person.function = f"{NAME}的秘书"
    person.save()
    GuaranteeFactory(customer=customer, what=f"{NAME}的房产", until=date(2025, 1, 1), since=date(2024, 1, 1))


def noticed_of(customer: Customer, manager: User) -> None:
    """Changes, the tasks that they opened, and looks at both: the reason of a call is the sentence of its task."""
    birthday = {"falls_on": str(BIRTHDAY), "is_lunar": False, "turns": 38}
    job = {"before": OLD_OCCUPATION, "after": OCCUPATION, "on": "2026-05-04"}
    for kind, figures in (("birthday", birthday), ("job", job)):
        rule = ChangeRuleFactory(code=kind, kind=kind, name=f"Told of a {kind}")
        change = ChangeFactory(customer=customer, rule=rule, figures=figures, due_on=BIRTHDAY)
        said = {"rule": rule.name, "kind": kind, "figures": figures}
        task = TaskFactory(customer=customer, kind="change", about=str(change.pk), figures=said, due_on=BIRTHDAY)
        reveal_contact(customer=customer, field="phone", by=manager, reason=str(task))
        for seen in (change, task):
            note_read(type(seen), user=manager, obj=seen, what="a page")


def spoken_of(customer: Customer, manager: User, head: User) -> None:
    """In whatever has room for a word."""
    FlagFactory(customer=customer, kind="vulnerable", source=f"{NAME}本人")
    GiftFactory(
        customer=customer, what=f"{NAME}的生日蛋糕", struck_at=NOW, struck_by=manager, struck_because=f"{NAME}退回"
    )
    ConsentFactory(customer=customer)
    HouseholdMemberFactory(customer=customer, household__name=f"{NAME}一家")
    TierOverrideFactory(customer=customer, reason=f"{NAME}是老客户")
    ProductAnswerFactory(suggestion=SuggestionFactory(customer=customer), note=f"{NAME}不要")
    EntitlementUseFactory(customer=customer, note=f"{NAME}本人到场", place="贵宾厅")
    GoldCardFactory(customer=customer, note=f"{NAME}领卡")
    WaiverEntryFactory(customer=customer, charge=FeeChargeFactory(), reason=f"照顾{NAME}")
    TaskFactory(
        customer=customer,
        figures={
            "amount": "3.00",
            "currency": "CNY",
            "fee": NAME,
            "charged_on": "2026-01-01",
            "account": "A",
            "reason": NAME,
        },
    )
    ProposalFactory(
        maker=head,
        title=f"减免{NAME}",
        reason=f"{NAME}投诉",
        content={"customer": customer.number, "why": NAME},
        status="open",
    )
    asked = ask_erasure(
        customer=customer, requester="customer", received_on=date.today(), reason=f"{NAME}来信", by=head, at=NOW
    )
    refuse_erasure(erasure=asked, answer=f"{NAME}的贷款未还清", by=head, at=NOW)
    notify(users=[manager], text=f"{NAME} was merged", at=NOW)
    RowError.objects.create(run=RunFactory(of_a_file=True), code="name", message="wrong", value=NAME)
    IdempotencyKey.objects.create(
        user_id=1, key="k", body_hash="x", status=201, answer={"body": {"name": NAME}}, created_at=NOW
    )


@pytest.fixture
def former(known) -> Customer:
    """Whose one account was closed a year ago, and who bought from somebody."""
    account = AccountFactory(opened_on=date(2020, 1, 1), closed_on=date.today() - timedelta(days=365))
    AccountHolderFactory(account=account, customer=known)
    TransactionFactory(account=account, counterparty="李四", description="房租")
    return known


def close_proposals() -> None:
    """Their maker has withdrawn what was proposed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE approvals_proposal SET status = 'withdrawn', decided_at = now() WHERE status = 'open'")


@pytest.fixture
def erased(head, approver):
    """Asks, proposes and approves."""

    def done(customer: Customer) -> Erasure:
        erasure = ask_erasure(
            customer=customer,
            requester="customer",
            received_on=date.today(),
            reason="Asked in person",
            by=head,
            at=datetime.now(UTC),
        )
        proposal = propose_erasure(erasure=erasure, reason="Asked in person", by=head, at=datetime.now(UTC))
        approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
        erasure.refresh_from_db()
        return erasure

    return done
