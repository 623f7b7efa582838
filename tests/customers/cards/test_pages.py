"""Cards and blanks on pages and over REST."""

import pytest

from customers.masking import account_number
from customers.models import BlankStock, CardDesign, CardOrder
from tests.factories import UserFactory
from tests.factories.cards import BlankStockFactory, CardDesignFactory, CardOrderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(teller, signed_in):
    return signed_in(teller)


@pytest.fixture
def shelf(east) -> BlankStock:
    return BlankStockFactory(branch=east, blanks=2)


def test_a_teller_orders_prints_and_hands_over(counter, own, shelf):
    page = counter.get(f"/customers/{own.customer.pk}/card/")
    assert 'value="ZHANG WEI"' in page.text
    card = {"account": own.account.pk, "design": shelf.design.pk, "embossed_name": "ZHANG WEI"}
    assert counter.post(f"/customers/{own.customer.pk}/card/", card).status_code == 422
    answer = counter.post(f"/customers/{own.customer.pk}/card/", card | {"is_confirmed": "on"})
    order = CardOrder.objects.get()
    assert answer.headers["Location"] == f"/card-orders/{order.pk}/"
    assert counter.get("/card-orders/?is_open=true").context["count"] == 1
    counter.post(f"/card-orders/{order.pk}/print/", {"last_four": "4821"})
    counter.post(f"/card-orders/{order.pk}/hand-over/", {"slip": "S-9"})
    order.refresh_from_db()
    assert order.state == "handed_over"
    assert counter.get("/card-orders/?is_open=true").context["count"] == 0
    assert "**** 4821" in counter.get(f"/customers/{own.customer.pk}/?tab=holdings").text


def test_a_whole_card_number_is_refused_and_never_said_again(counter, own, shelf, east):
    order = CardOrderFactory(customer=own.customer, account=own.account, branch=east)
    answer = counter.post(f"/card-orders/{order.pk}/print/", {"last_four": "6222021001000014821"})
    assert answer.status_code == 422


def test_the_branch_s_own_order_stays_in_reach_after_the_look_up_has_ended(other, teller, east, signed_in, manager):
    order = CardOrderFactory(customer=other.customer, account=other.account, branch=east)
    page = signed_in(teller).get(f"/card-orders/{order.pk}/").text
    assert "ZHANG WEI" in page and "李娜" not in page and other.account.number not in page
    assert signed_in(manager).get(f"/card-orders/{order.pk}/").status_code == 404


def test_over_rest_an_order_out_of_reach_names_neither_customer_nor_account(other, own, teller, east, signed_in):
    order = CardOrderFactory(customer=other.customer, account=other.account, branch=east)
    rest, number, account = signed_in(teller), other.customer.number, other.account.number
    told = rest.get(f"/api/v1/card-orders/{order.pk}/").json()
    assert told["customer"] is None and told["account"] == account_number(account) != account
    assert number not in rest.get("/api/v1/card-orders/").text
    for asked in (f"customer={number}", f"account={account}"):
        assert rest.get(f"/api/v1/card-orders/?{asked}").json()["results"] == []
    seen = CardOrderFactory(customer=own.customer, account=own.account, branch=east)
    found = rest.get(f"/api/v1/card-orders/?customer={own.customer.number}").json()["results"]
    assert [each["account"] for each in found if each["id"] == seen.pk] == [own.account.number]


def test_a_spoilt_card_is_confirmed_by_the_other_person(counter, own, shelf, east, head, signed_in):
    order = CardOrderFactory(customer=own.customer, account=own.account, branch=east, printed=True)
    counter.post(f"/card-orders/{order.pk}/spoilt/", {"reason": "Wrong name"})
    mine = counter.get(f"/card-orders/{order.pk}/")
    assert "A second person" in mine.text and "/confirm" not in mine.text
    spoilage = order.spoilages.get()
    assert counter.post(f"/card-stock/spoilt/{spoilage.pk}/").status_code == 422
    assert "Wrong name" in signed_in(head).get("/card-stock/").text
    signed_in(head).post(f"/card-stock/spoilt/{spoilage.pk}/")
    order.refresh_from_db()
    assert order.state == "spoilt"


def test_blanks_move_on_pages_between_branches(counter, shelf, west, signed_in):
    counter.post("/card-stock/receive/", {"design": shelf.design.pk, "quantity": 10, "remark": "D-1"})
    counter.post(f"/card-stock/{shelf.pk}/send/", {"to": west.pk, "quantity": 4})
    answer = counter.post(f"/card-stock/{shelf.pk}/count/", {"counted": 7})
    assert answer.status_code == 422 and "8 should be there" in answer.text
    counter.post(f"/card-stock/{shelf.pk}/count/", {"counted": 7, "remark": "One torn"})
    page = counter.get(f"/card-stock/{shelf.pk}/")
    assert page.context["count"] == 4
    far = signed_in(UserFactory(teller=True, branch=west))
    page = far.get("/card-stock/").text
    assert "4 Classic from East branch are on their way" in page
    lot = shelf.movements.get(kind="sent")
    far.post(f"/card-stock/arrived/{lot.pk}/", {"quantity": 4})
    assert BlankStock.objects.get(branch=west).balance == 4
    assert far.get(f"/card-stock/{shelf.pk}/").status_code == 404


def test_an_admin_says_which_cards_there_are_and_sees_blanks_but_no_orders(admin, shelf, signed_in):
    browser = signed_in(admin)
    browser.post("/card-designs/new/", {"code": "youth", "name": "Youth", "is_offered": "on"})
    design = CardDesign.objects.get(code="youth")
    browser.post(f"/card-designs/{design.pk}/", {"code": "youth", "name": "Youth"})
    design.refresh_from_db()
    assert not design.is_offered
    assert browser.get("/card-stock/").context["count"] == 1
    assert browser.get("/card-orders/").status_code == 403


def test_a_gold_design_asks_the_standards(counter, own, east, monkeypatch):
    design = CardDesignFactory(gold=True)
    card = {"account": own.account.pk, "design": design.pk, "embossed_name": "ZHANG WEI", "is_confirmed": "on"}
    assert "gives no gold card" in counter.post(f"/customers/{own.customer.pk}/card/", card).text
    monkeypatch.setattr("segmentation.standards.plastic.holds_gold_card", lambda customer, day: True)
    assert counter.post(f"/customers/{own.customer.pk}/card/", card).status_code == 302


def test_rest_makes_a_card_and_takes_a_number_as_four_digits_only(api, teller, own, shelf):
    program = api(teller)
    said = {
        "customer": own.customer.number,
        "account": own.account.number,
        "design": "classic",
        "embossed_name": "zhang wei",
        "is_confirmed": True,
    }
    order = program.post("/api/v1/card-orders/", said).json()
    assert order["embossed_name"] == "ZHANG WEI"
    address = f"/api/v1/card-orders/{order['id']}"
    assert program.post(f"{address}/print/", {"last_four": "6222021001000014821"}).status_code == 400
    assert program.post(f"{address}/print/", {"last_four": "4821"}).json()["state"] == "printed"
    assert program.post(f"{address}/print/", {"last_four": "4821"}).status_code == 409
    assert program.post(f"{address}/hand-over/", {"slip": "S1"}).json()["state"] == "handed_over"
    assert program.get(f"/api/v1/card-stock/{shelf.pk}/").json()["balance"] == 1
    moves = program.get(f"/api/v1/card-stock/{shelf.pk}/movements/").json()["results"]
    assert [move["change"] for move in moves] == [-1, 2]


def test_pages_of_cards_have_their_price(counter, own, shelf, east, queries):
    CardOrderFactory(customer=own.customer, account=own.account, branch=east)
    counter.get("/card-orders/")
    with queries("card_orders"):
        counter.get("/card-orders/")
    with queries("card_stock"):
        counter.get("/card-stock/")
