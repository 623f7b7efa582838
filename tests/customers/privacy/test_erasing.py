"""Who is erased stands nowhere any more, and what a law keeps is sealed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.audit.models import Event
from crm.audit.seals import TrailBroken, seal_events, verify
from crm.base.errors import RuleBroken
from customers.duplicates.services import merge_customers, undo_merge
from customers.models import Contact, Customer, Document, DocumentImage, Erasure, Merge, OutsideParty, Transaction
from customers.privacy.erasing import release_due
from customers.privacy.periods import RETENTION_YEARS
from customers.privacy.requests import ask_erasure, open_sealed, propose_erasure, refuse_erasure
from customers.services import log_interaction
from tests.customers.privacy.conftest import NAME, OLD_NAME, PHONE, WORDS
from tests.customers.privacy.everywhere import columns, places_of
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    CompanyRelationFactory,
    ContactFactory,
    CustomerFactory,
    FlagFactory,
    OutsidePartyFactory,
    ProposalFactory,
    TransactionFactory,
)
from tests.factories.kyc import RiskRatingFactory

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return datetime.now(UTC)


def test_no_column_of_the_database_has_a_word_of_who_was_erased(known, erased) -> None:
    before = {(table, column) for table, column, _text in places_of(*WORDS)}
    assert len(before) > 20 and len(columns()) > 200
    erased(known)
    assert list(places_of(*WORDS)) == []


def test_the_role_that_serves_erases_by_the_owners_functions_alone(known, erased, as_app_role) -> None:
    erased(known)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert list(places_of(*WORDS)) == []


def test_what_they_might_have_bought_ends_with_them(known, erased) -> None:
    erased(known)
    rows = known.opportunities.order_by("pk").values_list(
        "stage", "lost_reason", "lost_words", "next_step", "competitors"
    )
    assert list(rows) == [("lost", "left", "", "", ""), ("lost", "other", "–", "", "")]
    assert [row.moves.latest("number").to_stage for row in known.opportunities.all()] == ["lost", "lost"]


def test_what_is_left_is_a_closed_number_in_nobodys_book(known, erased, manager, agent, auditor, head) -> None:
    erasure = erased(known)
    known.refresh_from_db()
    assert (str(known), known.status, known.manager, known.branch) == ("C77001", "closed", None, None)
    assert known.erased_on == date.today() and erasure.state == Erasure.State.ERASED
    for user in (manager, agent, head):
        assert not Customer.objects.visible_to(user).filter(pk=known.pk).exists()
    assert Customer.objects.visible_to(auditor).filter(pk=known.pk).exists()
    assert erasure in Erasure.objects.visible_to(head)
    with pytest.raises(RuleBroken, match="was erased"):
        log_interaction(customer=known, at=now(), channel="phone", by=manager, as_of=now())


def test_of_a_former_customer_the_law_keeps_sealed_who_they_were(former, erased, head) -> None:
    erasure = erased(former)
    ended = date.today() - timedelta(days=365)
    assert erasure.state == Erasure.State.HELD
    assert erasure.held_until.year == ended.year + RETENTION_YEARS
    # not even what is sealed can be read in the database
    assert list(places_of(*WORDS)) == []
    kept = open_sealed(erasure=erasure, reason="The court of Jing'an asks", by=head)
    assert kept["customers.customer"][0]["name"] == NAME
    assert kept["customers.contact"][0]["phone"] == PHONE
    assert OLD_NAME in [row["name"] for row in kept["customers.customerevent"]]
    assert Event.objects.get(action="erasure.opened").data["reason"] == "The court of Jing'an asks"
    # the ledger stays whole meanwhile
    assert Transaction.objects.get(counterparty="李四").description == "房租"


def test_when_its_day_comes_the_seal_goes_and_what_the_ledger_tells_of_others(former, erased) -> None:
    erasure = erased(former)
    assert release_due(at=now()) == (0, 0)
    day = datetime.combine(erasure.held_until, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)
    assert release_due(at=day) == (1, 0)
    erasure.refresh_from_db()
    assert (erasure.state, erasure.sealed, erasure.released_at) == (Erasure.State.ERASED, "", day)
    assert not Transaction.objects.filter(counterparty="李四").exists() and Transaction.objects.count() == 1
    assert release_due(at=day) == (0, 0)


def test_what_a_joint_account_tells_stays_with_its_other_holder(known, erased) -> None:
    closed = date.today() - timedelta(days=4_000)
    account = AccountFactory(opened_on=date(2010, 1, 1), closed_on=closed)
    for customer in (known, CustomerFactory()):
        AccountHolderFactory(account=account, customer=customer, role="joint", share="0.5")
    TransactionFactory(account=account, counterparty="李四")
    assert erased(known).state == Erasure.State.ERASED
    assert Transaction.objects.get().counterparty == "李四"


@pytest.mark.parametrize("kind", ["court_freeze", "fraud_case", "open_complaint"])
def test_a_grave_flag_forbids_the_erasure(kind, known, erased) -> None:
    FlagFactory(customer=known, kind=kind)
    with pytest.raises(RuleBroken, match="The flag"):
        erased(known)
    known.refresh_from_db()
    assert known.name == NAME


def test_an_open_case_forbids_it(known, erased) -> None:
    RiskRatingFactory(customer=known, is_case=True, level="high")
    with pytest.raises(RuleBroken, match="case is open"):
        erased(known)


def test_id_documents_stay_out_of_reach_while_the_law_keeps_them_and_go_with_the_seal(former, erased, head) -> None:
    erasure = erased(former)
    assert Document.objects.filter(customer=former).exists() and not Document.objects.visible_to(head).exists()
    day = datetime.combine(erasure.held_until, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)
    release_due(at=day)
    assert not Document.objects.exists() and not DocumentImage.objects.exists()


def test_an_open_account_forbids_it_also_one_that_was_opened_since(known, head, approver) -> None:
    erasure = ask_erasure(
        customer=known, requester="customer", received_on=date.today(), reason="Asked by letter", by=head, at=now()
    )
    proposal = propose_erasure(erasure=erasure, reason="Asked by letter", by=head, at=now())
    AccountHolderFactory(customer=known)
    with pytest.raises(RuleBroken, match="1 account is open"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    assert Erasure.objects.get(pk=erasure.pk).is_open and Customer.objects.get(pk=known.pk).name == NAME


def test_a_running_proposal_forbids_it(known, head) -> None:
    ProposalFactory(kind="tier_override_end", content={"customer": known.number}, maker=head)
    with pytest.raises(RuleBroken, match="1 proposal about the customer"):
        erasure = ask_erasure(
            customer=known, requester="customer", received_on=date.today(), reason="Asked by letter", by=head, at=now()
        )
        propose_erasure(erasure=erasure, reason="Asked by letter", by=head, at=now())


def test_records_that_were_merged_go_with_the_one_that_stands(known, erased, manager, east) -> None:
    other = CustomerFactory(name="欧阳旧名", manager=manager, branch=east, number="C77002")
    ContactFactory(customer=other, phone="+8613700001111")
    merge = merge_customers(
        survivor=known, absorbed=other, reason="Same passport", by=manager, at=now(), take=["name", "phone"]
    )
    known.refresh_from_db()
    erased(known)
    assert list(places_of(*WORDS, "欧阳旧名", "13700001111")) == []
    assert not Contact.objects.filter(customer__in=[known, other]).exists()
    assert Merge.objects.get().kept == {}
    with pytest.raises(RuleBroken):
        undo_merge(merge=merge, reason="Two people after all", by=manager, at=now())


def test_a_party_outside_that_others_name_keeps_its_name_and_a_person_whom_nobody_else_names_has_none(
    known, erased
) -> None:
    person, firm = OutsideParty.objects.filter(kind="person").get(), OutsideParty.objects.filter(kind="company").get()
    shared = OutsidePartyFactory(kind="person", name="Zhao Yun")
    for customer in (known, CustomerFactory(company=True)):
        CompanyRelationFactory(customer=customer, party=None, outsider=shared)
    erased(known)
    names = dict(OutsideParty.objects.values_list("pk", "name"))
    assert names == {person.pk: "****", firm.pk: firm.name, shared.pk: "Zhao Yun"}
    assert (person.events.count(), firm.events.count()) == (0, 2)


def test_the_namesake_stays_as_they_are(known, erased, manager) -> None:
    namesake = CustomerFactory(name=NAME, manager=manager)
    log_interaction(customer=namesake, at=now(), channel="phone", by=manager, as_of=now(), note=f"{NAME}来电")
    erased(known)
    namesake.refresh_from_db()
    assert namesake.name == NAME and namesake.interactions.get().note == f"{NAME}来电"


def test_the_trail_is_still_proved_and_still_betrays_any_other_change(known, erased) -> None:
    seal_events(at=now())
    erased(known)
    seal_events(at=now())
    totals = verify()
    assert totals.redacted > 0
    assert Event.objects.filter(action="customer.changed", customer_id=known.pk, object_label="C77001").exists()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET actor_label = 'x' WHERE action = 'customer.changed'")
    with pytest.raises(TrailBroken):
        verify()


@pytest.mark.parametrize(
    "function",
    [
        "customers_erase",
        "customers_erase_requests",
        "customers_erase_words",
        "segmentation_erase",
        "managers_erase",
        "managers_erase_sales",
        "managers_erase_referrals",
        "managers_erase_plans",
    ],
)
def test_no_function_takes_anything_without_an_approved_erasure_that_is_being_done(
    function, known, head, erased, as_app_role
) -> None:
    erasure = ask_erasure(
        customer=known, requester="customer", received_on=date.today(), reason="Asked by letter", by=head, at=now()
    )
    for state in ("recorded", "proposed"):
        if state == "proposed":
            propose_erasure(erasure=erasure, reason="Asked by letter", by=head, at=now())
        with pytest.raises(DatabaseError, match="approved erasure"), transaction.atomic():
            called(function, erasure)
    assert Customer.objects.get(pk=known.pk).name == NAME


def test_an_erasure_that_is_done_takes_nothing_again(known, erased, as_app_role) -> None:
    erasure = erased(known)
    with pytest.raises(DatabaseError, match="approved erasure"), transaction.atomic():
        called("customers_erase", erasure)


def called(function: str, erasure: Erasure) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}(%s, 'a')", [erasure.pk])


def test_the_maker_never_approves_and_an_approval_counts_what_went(known, erased, head) -> None:
    erasure = erased(known)
    proposal = Proposal.objects.get(kind="erasure")
    assert proposal.maker == head and proposal.effect["_counts"] == erasure.counts
    assert erasure.counts["identity"] >= 3 and erasure.closed_by.username == "approver"


def test_a_refused_request_tells_why_and_another_one_may_follow(known, head) -> None:
    asked = {
        "customer": known,
        "requester": "customer",
        "received_on": date.today(),
        "reason": "Asked by letter",
        "by": head,
    }
    erasure = ask_erasure(**asked, at=now())
    with pytest.raises(RuleBroken, match="asked for already"):
        ask_erasure(**asked, at=now())
    with pytest.raises(RuleBroken, match="Say why"):
        refuse_erasure(erasure=erasure, answer=" ", by=head, at=now())
    refuse_erasure(erasure=erasure, answer="A loan is still running", by=head, at=now())
    with pytest.raises(RuleBroken, match="answered already"):
        propose_erasure(erasure=erasure, reason="Asked by letter", by=head, at=now())
    assert ask_erasure(**asked, at=now()).due_on == date.today() + timedelta(days=30)
