"""An opportunity is opened for a customer whom the product suits, moves from stage to stage, and is closed once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import Customer, RiskAssessment
from managers.models import Opportunity, Stage, StageMove
from managers.sales.services import change_opportunity, lose, move_opportunity, open_opportunity, reopen
from tests.at_once import at_once
from tests.factories import CustomerFactory, OpportunityFactory, ProductFactory, RiskAssessmentFactory, UserFactory
from tests.managers.sales.conftest import CLOSE, NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def opened(customer: Customer, by, at=NOW, **said) -> Opportunity:
    known = {"product": ProductFactory(), "amount": Decimal("5000"), "currency": "CNY", "close_on": CLOSE}
    return open_opportunity(customer=customer, by=by, at=at, **known | said)


def history(opportunity: Opportunity) -> list[tuple]:
    rows = opportunity.moves.order_by("number")
    return list(rows.values_list("from_stage", "to_stage", "probability"))


def test_it_is_opened_with_the_manager_of_the_customer_and_the_probability_of_its_stage(begun, suited, manager):
    assert (begun.owner, begun.stage, begun.probability, begun.version) == (manager, Stage.NEW, 10, 1)
    move = begun.moves.get()
    assert (move.from_stage, move.to_stage, move.at, move.by) == ("", "new", NOW, manager)
    assert (move.amount, move.currency, move.probability) == (Decimal("200000"), "CNY", 10)
    event = Event.objects.get(action="opportunity.opened")
    assert (event.customer_id, event.data["amount"]) == (suited.pk, "200000")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": Decimal("0")}, "amount"),
        ({"amount": Decimal("-1")}, "amount"),
        ({"amount": Decimal("1.005")}, "amount"),
        ({"amount": Decimal("1e15")}, "amount"),
        ({"currency": "XXX"}, "currency"),
        ({"probability": 101}, "probability"),
        ({"close_on": NOW.date() - DAY}, "close_on"),
        ({"next_on": CLOSE}, "next_step"),
        ({"stage": "won"}, "stage"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(suited, manager, said, field):
    with pytest.raises(RuleBroken) as refusal:
        opened(suited, manager, **said)
    assert refusal.value.field == field
    assert not Opportunity.objects.exists()


def test_a_product_above_the_customers_level_is_refused_at_the_opening(suited, manager):
    with pytest.raises(RuleBroken, match="risk R4 is above C3") as refusal:
        opened(suited, manager, product=ProductFactory(code="equity", risk=4))
    assert refusal.value.field == "product"


def test_an_assessment_of_more_than_a_year_ago_refuses_too(suited, manager):
    with pytest.raises(RuleBroken, match="has expired"):
        opened(suited, manager, at=NOW + 366 * DAY, close_on=CLOSE + 366 * DAY)


@pytest.mark.parametrize("stage", ["proposed", "negotiating", "won"])
def test_what_suits_no_more_is_neither_proposed_nor_won(begun, manager, suited, stage):
    RiskAssessmentFactory(customer=suited, level=1, assessed_on=date(2026, 4, 1))
    move_opportunity(opportunity=begun, stage="qualified", by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="does not suit this customer: risk R3 is above C1") as refusal:
        move_opportunity(opportunity=begun, stage=stage, by=manager, at=NOW)
    assert refusal.value.field == "stage"


def test_another_product_has_to_suit_as_well(begun, manager):
    with pytest.raises(RuleBroken, match="R5") as refusal:
        change_opportunity(opportunity=begun, product=ProductFactory(code="x", risk=5), by=manager, at=NOW)
    assert refusal.value.field == "product"


@pytest.mark.parametrize("status", ["closed", "deceased"])
def test_who_has_left_takes_no_new_one(suited, manager, status):
    Customer.objects.filter(pk=suited.pk).update(status=status)
    with pytest.raises(RuleBroken, match="with this status"):
        opened(suited, manager)


def test_a_merged_record_takes_no_new_one(suited, manager):
    Customer.objects.filter(pk=suited.pk).update(merged_into=CustomerFactory())
    with pytest.raises(RuleBroken, match="merged"):
        opened(suited, manager)


def test_it_belongs_to_a_manager_who_looks_after_the_customer(begun, manager, manager2, head):
    for owner, text in ((manager2, "does not look after"), (head, "relationship manager")):
        with pytest.raises(RuleBroken, match=text) as refusal:
            change_opportunity(opportunity=begun, owner=owner, by=manager, at=NOW)
        assert refusal.value.field == "owner"


def test_of_a_customer_without_a_manager_a_head_says_who_owns_it(east, head):
    customer = CustomerFactory(branch=east, manager=None)
    RiskAssessmentFactory(customer=customer)
    with pytest.raises(RuleBroken, match="say who owns") as refusal:
        opened(customer, head)
    assert refusal.value.field == "owner"


def test_it_is_won_once_with_certainty(begun, manager):
    move_opportunity(opportunity=begun, stage="won", by=manager, at=NOW + DAY)
    begun.refresh_from_db()
    assert (begun.stage, begun.probability, begun.closed_at) == ("won", 100, NOW + DAY)
    for act in (
        lambda: move_opportunity(opportunity=begun, stage="new", by=manager, at=NOW),
        lambda: lose(opportunity=begun, lost_reason="price", by=manager, at=NOW),
        lambda: change_opportunity(opportunity=begun, amount=Decimal("1"), by=manager, at=NOW),
    ):
        with pytest.raises(RuleBroken, match="is closed: Won"):
            act()


def test_a_loss_needs_a_reason_and_another_reason_words(begun, manager):
    for said, field in (
        ({"lost_reason": ""}, "lost_reason"),
        ({"lost_reason": "whim"}, "lost_reason"),
        ({"lost_reason": "other", "lost_words": " "}, "lost_words"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            lose(opportunity=begun, by=manager, at=NOW, **said)
        assert refusal.value.field == field
    with pytest.raises(RuleBroken, match="Say why it is lost"):
        move_opportunity(opportunity=begun, stage="lost", by=manager, at=NOW)


def test_what_was_lost_is_opened_again_where_it_stood_and_its_loss_stays_told(begun, manager):
    move_opportunity(opportunity=begun, stage="qualified", probability=40, by=manager, at=NOW)
    lost = lose(opportunity=begun, lost_reason="rival", lost_words="Hua Bank", by=manager, at=NOW + DAY)
    assert (lost.probability, lost.closed_at) == (0, NOW + DAY)
    with pytest.raises(RuleBroken, match="open again") as refusal:
        reopen(opportunity=begun, reason=" ", by=manager, at=NOW)
    assert refusal.value.field == "reason"

    again = reopen(opportunity=begun, reason="They called back", by=manager, at=NOW + 2 * DAY)

    assert (again.stage, again.probability, again.closed_at, again.lost_reason) == ("qualified", 25, None, "")
    assert history(begun) == [("", "new", 10), ("new", "qualified", 40), ("qualified", "lost", 0), ("lost", "qualified", 25)]  # fmt: skip
    told = begun.moves.order_by("number").values_list("lost_reason", "reason")
    assert list(told)[2:] == [("rival", "Hua Bank"), ("", "They called back")]


def test_what_is_open_is_not_opened_again(begun, manager):
    with pytest.raises(RuleBroken, match="is open"):
        reopen(opportunity=begun, reason="Again", by=manager, at=NOW)


def test_only_what_is_said_changes_and_a_version_that_was_read_counts(begun, manager):
    changed = change_opportunity(opportunity=begun, amount=Decimal("300000"), version=1, by=manager, at=NOW)
    assert (changed.amount, changed.currency, changed.version) == (Decimal("300000"), "CNY", 2)
    assert Event.objects.get(action="opportunity.changed").data["fields"] == ["amount"]
    with pytest.raises(RuleBroken, match="in the meantime"):
        change_opportunity(opportunity=begun, amount=Decimal("4"), version=1, by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="in the meantime"):
        move_opportunity(opportunity=begun, stage="qualified", version=1, by=manager, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_moves_it(begun, manager):
    stages = ("qualified", "proposed")
    wrong = at_once(
        [
            lambda stage=stage: move_opportunity(opportunity=begun, stage=stage, version=1, by=manager, at=NOW)
            for stage in stages
        ]
    )
    assert len(wrong) == 1 and "in the meantime" in str(wrong[0])
    begun.refresh_from_db()
    assert (begun.version, begun.moves.count()) == (2, 2) and begun.stage in stages


def test_the_database_lets_no_stage_change_without_its_step(begun):
    with pytest.raises(IntegrityError, match="without a step"), transaction.atomic():
        Opportunity.objects.filter(pk=begun.pk).update(stage="qualified")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_takes_no_step_out_of_line_and_changes_none(begun, manager):
    step = begun.moves.get()
    for number, before in ((2, "qualified"), (3, "new"), (1, "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            StageMove.objects.create(
                opportunity=begun, number=number, from_stage=before, to_stage="proposed", at=NOW, by=manager,
                amount=1, currency="CNY", probability=1,
            )  # fmt: skip
    for act in (step.delete, lambda: StageMove.objects.filter(pk=step.pk).update(probability=99), begun.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_it_is_given_to_no_other_customer(begun):
    other = CustomerFactory()
    with pytest.raises(DatabaseError, match="only with a merge"), transaction.atomic():
        Opportunity.objects.filter(pk=begun.pk).update(customer=other)


def test_the_weight_is_rounded_half_up_once_to_the_minor_unit():
    amounts = {"CNY": ("0.10", 25, "0.03"), "JPY": ("1001", 50, "501"), "KWD": ("0.001", 50, "0.001")}
    for currency, (amount, percent, weighted) in amounts.items():
        row = OpportunityFactory(amount=Decimal(amount), probability=percent, currency=currency)
        assert Opportunity.objects.with_weighted().get(pk=row.pk).weighted == Decimal(weighted), currency


def test_an_inactive_manager_owns_nothing(begun, manager):
    gone = UserFactory(manager=True, is_active=False)
    with pytest.raises(RuleBroken, match="at work"):
        change_opportunity(opportunity=begun, owner=gone, by=manager, at=NOW)
    assert RiskAssessment.objects.exists()
