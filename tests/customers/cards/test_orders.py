"""A card while the customer waits: ordered with a name the customer confirmed, printed from a blank, handed over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.cards import orders
from customers.cards.names import can_be_embossed, suggested
from customers.cards.spoilt import confirm_spoilt, report_spoilt
from customers.models import BlankMovement, BlankStock, CardOrder, Customer
from tests.factories import AccountFactory, CustomerFactory, FlagFactory, ProductFactory, UserFactory
from tests.factories.cards import BlankStockFactory, CardDesignFactory, CardOrderFactory

NOW = datetime(2026, 4, 3, 4, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def ordered(own, teller, **said):
    said = {
        "account": own.account,
        "design": CardDesignFactory(),
        "embossed_name": "ZHANG WEI",
        "is_confirmed": True,
    } | said
    return orders.order_card(customer=own.customer, by=teller, at=NOW, **said)


@pytest.fixture
def stock(east) -> BlankStock:
    return BlankStockFactory(branch=east, blanks=2)


@pytest.mark.parametrize(
    ("name", "embossed"),
    [
        ("张伟", "ZHANG WEI"),
        ("欧阳明", "OUYANG MING"),
        ("单雄信", "SHAN XIONGXIN"),
        ("吕布", "LYU BU"),
        ("Ján Novák", "JAN NOVAK"),
        ("O'Neill Mary-Ann", "O'NEILL MARY-ANN"),
        ("Wolfeschlegelsteinhausen Bergerdorff Adolph", "WOLFESCHLEGELSTEINHAUSEN B"),
    ],
)
def test_the_name_is_suggested_as_in_a_passport(name, embossed):
    found = suggested(CustomerFactory(name=name))
    assert found == embossed and can_be_embossed(found)


@pytest.mark.parametrize("name", ["张伟", "X", "ZHANG  WEI", "ZHANG WEI 3", "ZHÁNG", "-ZHANG", "A" * 27, "ZHANG\nWEI"])
def test_what_the_printer_can_not_emboss_is_refused(own, teller, name):
    if name == "ZHANG\nWEI":
        assert not can_be_embossed(name)
        return
    if name == "ZHANG  WEI":  # two blanks are one
        assert ordered(own, teller, embossed_name=name).embossed_name == "ZHANG WEI"
        return
    with pytest.raises(RuleBroken) as refused:
        ordered(own, teller, embossed_name=name)
    assert refused.value.field == "embossed_name"


def test_the_database_holds_the_name_and_the_last_four_too(own, east):
    card = {"customer": own.customer, "account": own.account, "branch": east}
    for wrong in (
        {"embossed_name": "张伟"},
        {"printed": True, "last_four": "12a4"},
        {"printed": True, "last_four": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CardOrderFactory(**card | wrong)


@pytest.mark.parametrize(
    "said",
    [{"is_confirmed": False}, {"design": "old"}, {"account": "loan"}, {"account": "closed"}, {"account": "other"}],
)
def test_what_is_missing_or_not_the_customers_is_refused(own, teller, said):
    loan = ProductFactory(loan=True)
    odd = {
        "old": lambda: CardDesignFactory(code="old", is_offered=False),
        "loan": lambda: AccountFactory(holder=own.customer, product=loan),
        "closed": lambda: AccountFactory(holder=own.customer, closed_on=date(2026, 1, 1)),
        "other": lambda: AccountFactory(holder=CustomerFactory()),
    }
    with pytest.raises(RuleBroken):
        ordered(own, teller, **{name: odd[value]() if value in odd else value for name, value in said.items()})


@pytest.mark.parametrize("status", ["prospect", "frozen", "closed", "deceased"])
def test_who_is_no_customer_of_the_day_gets_no_card(own, teller, status):
    Customer.objects.filter(pk=own.customer.pk).update(status=status)
    with pytest.raises(RuleBroken):
        ordered(own, teller)


def test_a_court_freeze_forbids_a_card(own, teller):
    FlagFactory(customer=own.customer, kind="court_freeze", since=date(2026, 1, 1))
    with pytest.raises(RuleBroken) as refused:
        ordered(own, teller)
    assert refused.value.code == "flag"


def test_a_gold_card_is_for_who_is_entitled_to_it(own, teller):
    with pytest.raises(RuleBroken) as refused:
        ordered(own, teller, design=CardDesignFactory(gold=True))
    assert "gold card" in str(refused.value)


def test_such_a_card_is_ordered_once_at_a_time(own, teller):
    ordered(own, teller)
    with pytest.raises(RuleBroken) as refused:
        ordered(own, teller)
    assert refused.value.code == "duplicate"


def test_a_manager_makes_no_cards(own, manager):
    with pytest.raises(RuleBroken):
        ordered(own, manager)


def test_printing_takes_a_blank_and_keeps_the_last_four_alone(own, teller, stock):
    order = orders.print_card(order=ordered(own, teller), last_four="4821", core_reference="R1", by=teller, at=NOW)
    stock.refresh_from_db()
    assert (order.state, order.last_four, stock.balance) == ("printed", "4821", 1)
    movement = BlankMovement.objects.get(kind="used")
    assert (movement.change, movement.balance_after, movement.order) == (-1, 1, order)
    assert Event.objects.get(action="card.printed").data["last_four"] == "4821"


@pytest.mark.parametrize("number", ["6222021001000014821", "482", "48211", "４８２１", "48 1"])
def test_more_than_the_last_four_digits_is_never_taken(own, teller, stock, number):
    with pytest.raises(RuleBroken):
        orders.print_card(order=ordered(own, teller), last_four=number, core_reference="", by=teller, at=NOW)
    assert not CardOrder.objects.exclude(last_four="").exists()


def test_without_a_blank_nothing_is_printed(own, teller):
    order = ordered(own, teller)
    with pytest.raises(RuleBroken) as refused:
        orders.print_card(order=order, last_four="4821", core_reference="", by=teller, at=NOW)
    assert refused.value.code == "empty"
    order.refresh_from_db()
    assert order.state == "ordered"


def test_a_card_is_handed_over_against_a_slip_where_it_was_made(own, teller, stock, west):
    order = orders.print_card(order=ordered(own, teller), last_four="4821", core_reference="", by=teller, at=NOW)
    far = UserFactory(teller=True, branch=west)
    with pytest.raises(RuleBroken) as refused:
        orders.hand_over(order=order, slip="S-1", by=far, at=NOW)
    assert refused.value.code == "branch"
    with pytest.raises(RuleBroken):
        orders.hand_over(order=order, slip=" ", by=teller, at=NOW)
    done = orders.hand_over(order=order, slip="S-1", by=teller, at=NOW)
    assert (done.state, done.slip, done.closed_by) == ("handed_over", "S-1", teller)
    with pytest.raises(RuleBroken):
        orders.hand_over(order=order, slip="S-2", by=teller, at=NOW)


def test_an_order_is_cancelled_before_it_is_printed_and_not_after(own, teller, stock):
    order = orders.cancel_order(order=ordered(own, teller), reason="Left", by=teller, at=NOW)
    assert order.state == "cancelled"
    printed = orders.print_card(order=ordered(own, teller), last_four="4821", core_reference="", by=teller, at=NOW)
    with pytest.raises(RuleBroken):
        orders.cancel_order(order=printed, reason="Left", by=teller, at=NOW)


def test_a_spoilt_card_needs_a_second_person_and_counts_as_spoilt_instead_of_used(own, teller, head, stock):
    order = orders.print_card(order=ordered(own, teller), last_four="4821", core_reference="", by=teller, at=NOW)
    spoilage = report_spoilt(stock=stock, order=order, quantity=1, reason="Wrong name", by=teller, at=NOW)
    with pytest.raises(RuleBroken):
        orders.hand_over(order=order, slip="S-1", by=teller, at=NOW)
    with pytest.raises(RuleBroken) as refused:
        confirm_spoilt(spoilage=spoilage, by=teller, at=NOW)
    assert refused.value.code == "four_eyes"
    confirm_spoilt(spoilage=spoilage, by=head, at=NOW + timedelta(minutes=1))
    order.refresh_from_db()
    stock.refresh_from_db()
    assert (order.state, order.reason, stock.balance) == ("spoilt", "Wrong name", 1)
    sums = {
        kind: sum(BlankMovement.objects.filter(kind=kind).values_list("change", flat=True))
        for kind in ("used", "spoilt")
    }
    assert sums == {"used": 0, "spoilt": -1}
    assert ordered(own, teller).state == "ordered"


def test_what_was_ordered_and_printed_never_changes_in_the_database(own, teller, stock):
    order = orders.print_card(order=ordered(own, teller), last_four="4821", core_reference="", by=teller, at=NOW)
    for change in ({"embossed_name": "LI NA"}, {"last_four": "0000"}, {"customer": CustomerFactory()}):
        with pytest.raises(InternalError), transaction.atomic():
            CardOrder.objects.filter(pk=order.pk).update(**change)


@pytest.mark.parametrize("state", [{}, {"printed": True}])
@pytest.mark.parametrize("what", ["frozen", "closed account", "deceased"])
def test_nothing_is_printed_or_handed_over_once_the_customer_gets_no_card(own, teller, east, stock, state, what):
    card = {"customer": own.customer, "account": own.account, "branch": east, "design": stock.design}
    order = CardOrderFactory(**card, **state)
    if what == "frozen":
        FlagFactory(customer=own.customer, kind="court_freeze", since=date(2026, 4, 1))
    elif what == "deceased":
        Customer.objects.filter(pk=own.customer.pk).update(status="deceased")
    else:
        type(own.account).objects.filter(pk=own.account.pk).update(closed_on=date(2026, 4, 2))
    order = CardOrder.objects.get(pk=order.pk)
    with pytest.raises(RuleBroken):
        if state:
            orders.hand_over(order=order, slip="S1", by=teller, at=NOW)
        else:
            orders.print_card(order=order, last_four="4821", core_reference="", by=teller, at=NOW)
    order.refresh_from_db()
    stock.refresh_from_db()
    assert (order.state, stock.balance) == ("printed" if state else "ordered", 2)


@pytest.mark.parametrize("text", ["6222 0210 0111 1111 115", "4111-1111-1111-1111"])
def test_a_whole_card_number_is_no_reference_and_no_slip(own, teller, east, stock, text):
    card = {"customer": own.customer, "account": own.account, "branch": east, "design": stock.design}
    with pytest.raises(RuleBroken) as refused:
        orders.print_card(order=CardOrderFactory(**card), last_four="1111", core_reference=text, by=teller, at=NOW)
    assert refused.value.field == "core_reference"
    printed = CardOrderFactory(**card | {"design": CardDesignFactory(code="other")}, printed=True)
    with pytest.raises(RuleBroken) as refused:
        orders.hand_over(order=printed, slip=text, by=teller, at=NOW)
    assert refused.value.field == "slip"
    assert orders.hand_over(order=printed, slip="4111111111111112", by=teller, at=NOW).slip == "4111111111111112"
