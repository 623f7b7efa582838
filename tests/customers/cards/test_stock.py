"""Blank cards: each movement stays, the balance is theirs alone, and it never falls below none."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, InternalError, transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from crm.identity.models import Notification
from customers.cards import orders, spoilt, stock
from customers.models import BlankMovement, BlankStock
from tests.at_once import at_once
from tests.factories import AccountFactory, BranchFactory, CustomerFactory, UserFactory
from tests.factories.cards import BlankMovementFactory, BlankStockFactory, CardDesignFactory

NOW = datetime(2026, 4, 3, 4, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(east) -> BlankStock:
    return BlankStockFactory(branch=east, blanks=5)


def test_blanks_are_received_with_their_delivery_note(teller, east):
    design = CardDesignFactory()
    with pytest.raises(RuleBroken):
        stock.receive_blanks(design=design, quantity=50, by=teller, at=NOW)
    movement = stock.receive_blanks(design=design, quantity=50, remark="D-7", by=teller, at=NOW)
    assert (movement.stock.branch, movement.balance_after) == (east, 50)
    assert stock.receive_blanks(design=design, quantity=5, remark="D-8", by=teller, at=NOW).balance_after == 55


def test_a_lot_is_the_other_branch_s_once_it_has_arrived(shelf, teller, west, head):
    sent = stock.send_blanks(stock=shelf, to=west, quantity=3, by=teller, at=NOW)
    assert (sent.balance_after, list(BlankMovement.objects.under_way_to(west))) == (2, [sent])
    far = UserFactory(teller=True, branch=west)
    with pytest.raises(RuleBroken) as refused:
        stock.receive_blanks(design=shelf.design, quantity=2, sent=sent, by=far, at=NOW)
    assert refused.value.field == "remark"
    said = {"design": shelf.design, "sent": sent, "by": far, "at": NOW}
    arrived = stock.receive_blanks(quantity=2, remark="One was missing", **said)
    assert (arrived.stock.branch, arrived.balance_after) == (west, 2)
    with pytest.raises(RuleBroken):
        stock.receive_blanks(quantity=2, remark="Again", **said)


def test_a_lot_for_another_branch_is_not_received(shelf, teller, west):
    sent = stock.send_blanks(stock=shelf, to=west, quantity=3, by=teller, at=NOW)
    with pytest.raises(RuleBroken):
        stock.receive_blanks(design=shelf.design, quantity=3, sent=sent, by=teller, at=NOW)


def test_a_lot_is_received_as_the_card_that_it_is(shelf, teller, west):
    sent = stock.send_blanks(stock=shelf, to=west, quantity=3, by=teller, at=NOW)
    far = UserFactory(teller=True, branch=west)
    with pytest.raises(RuleBroken) as refused:
        stock.receive_blanks(design=CardDesignFactory(code="other"), quantity=3, sent=sent, by=far, at=NOW)
    assert refused.value.field == "design"
    assert not BlankStock.objects.filter(branch=west).exists()


def test_over_rest_a_lot_is_named_by_the_branch_that_it_goes_to(shelf, teller, west, signed_in):
    sent = stock.send_blanks(stock=shelf, to=west, quantity=3, by=teller, at=NOW)
    body = {"design": shelf.design.code, "quantity": 3, "sent": sent.pk}
    assert signed_in(teller).post("/api/v1/card-stock/receive/", body, "application/json").status_code == 400
    far = signed_in(UserFactory(teller=True, branch=west))
    assert far.post("/api/v1/card-stock/receive/", body, "application/json").json()["balance_after"] == 3


def test_what_waits_to_be_confirmed_is_not_reported_spoilt_again(shelf, teller):
    spoilt.report_spoilt(stock=shelf, quantity=4, reason="Wet", by=teller, at=NOW)
    with pytest.raises(RuleBroken) as refused:
        spoilt.report_spoilt(stock=shelf, quantity=2, reason="Torn", by=teller, at=NOW)
    assert refused.value.field == "quantity"


@pytest.mark.parametrize("quantity", [6, 0, -1])
def test_no_more_is_sent_than_is_there(shelf, teller, west, quantity):
    with pytest.raises(RuleBroken):
        stock.send_blanks(stock=shelf, to=west, quantity=quantity, by=teller, at=NOW)


def test_a_difference_of_a_count_needs_a_word_and_the_heads_hear_of_it(shelf, teller, head):
    with pytest.raises(RuleBroken) as refused:
        stock.count_blanks(stock=shelf, counted=4, by=teller, at=NOW)
    assert "(-1)" in str(refused.value)
    movement = stock.count_blanks(stock=shelf, counted=4, remark="Behind the shelf?", by=teller, at=NOW)
    assert (movement.change, movement.balance_after) == (-1, 4)
    assert "-1" in Notification.objects.get(user=head).text
    assert stock.count_blanks(stock=shelf, counted=4, by=teller, at=NOW).change == 0
    assert Notification.objects.count() == 1


def test_spoilt_blanks_leave_once_a_second_person_has_seen_them(shelf, teller, head, west):
    with pytest.raises(RuleBroken):
        spoilt.report_spoilt(stock=shelf, quantity=2, reason=" ", by=teller, at=NOW)
    spoilage = spoilt.report_spoilt(stock=shelf, quantity=2, reason="Bent", by=teller, at=NOW)
    shelf.refresh_from_db()
    assert shelf.balance == 5
    for person in (teller, UserFactory(teller=True, branch=west), UserFactory(head=True, branch=west)):
        with pytest.raises(RuleBroken):
            spoilt.confirm_spoilt(spoilage=spoilage, by=person, at=NOW)
    above = UserFactory(head=True, branch=head.branch.parent)
    spoilt.confirm_spoilt(spoilage=spoilage, by=above, at=NOW)
    shelf.refresh_from_db()
    assert shelf.balance == 3
    with pytest.raises(RuleBroken):
        spoilt.confirm_spoilt(spoilage=spoilage, by=head, at=NOW)


def test_the_database_keeps_the_balance(shelf, as_app_role):
    with pytest.raises(IntegrityError, match="blank_stock_never_below_zero"), transaction.atomic():
        BlankMovementFactory(stock=shelf, kind="counted", change=-6)
    with pytest.raises(InternalError), transaction.atomic():
        BlankStock.objects.filter(pk=shelf.pk).update(balance=100)
    with pytest.raises(Exception, match=r"permission denied|Cannot update"), transaction.atomic():
        BlankMovement.objects.update(change=7)
    assert BlankMovementFactory(stock=shelf, kind="counted", change=-5)


def test_nobody_confirms_their_own_in_the_database_either(shelf, teller):
    spoilage = spoilt.report_spoilt(stock=shelf, quantity=1, reason="Bent", by=teller, at=NOW)
    spoilage.confirmed_by, spoilage.confirmed_at = teller, NOW
    with pytest.raises(IntegrityError, match="spoilage_by_two_people"), transaction.atomic():
        spoilage.save()


@given(st.lists(st.integers(-4, 6), max_size=12))
def test_whatever_moves_the_balance_is_the_sum_of_the_movements_and_never_negative(changes):
    with transaction.atomic():
        shelf = BlankStockFactory(branch=BranchFactory(), design=CardDesignFactory(), blanks=1)
        by, left = UserFactory(), 1
        for change in changes:
            locked = BlankStock.objects.for_change(shelf.branch, shelf.design)
            try:
                moved = stock.move(stock=locked, kind="counted", change=change, by=by, at=NOW)
            except RuleBroken:
                assert left + change < 0
                continue
            left += change
            assert moved.balance_after == left >= 0
        shelf.refresh_from_db()
        assert shelf.balance == left == sum(shelf.movements.values_list("change", flat=True))
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_tellers_take_the_last_blank_and_one_gets_it():
    branch = BranchFactory()
    shelf = BlankStockFactory(branch=branch, blanks=1)

    def printing() -> Callable[[], object]:
        teller = UserFactory(teller=True, branch=branch)
        customer = CustomerFactory(branch=branch)
        order = orders.order_card(
            customer=customer,
            account=AccountFactory(holder=customer),
            design=shelf.design,
            embossed_name="LI NA",
            is_confirmed=True,
            by=teller,
            at=NOW,
        )
        return lambda: orders.print_card(order=order, last_four="4821", core_reference="", by=teller, at=NOW)

    wrong = at_once([printing() for _ in range(4)])
    assert [getattr(error, "code", error) for error in wrong] == ["empty"] * 3
    shelf.refresh_from_db()
    assert (shelf.balance, shelf.movements.filter(kind="used").count()) == (0, 1)
