"""A report of spoilt cards that was wrong is taken back, with a reason, once; what had left the stock needs a second person."""

from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Notification
from customers.cards import orders, spoilt, stock
from customers.models import BlankStock, Spoilage
from tests.at_once import at_once
from tests.factories import BranchFactory, UserFactory
from tests.factories.cards import BlankStockFactory, CardOrderFactory, SpoilageFactory

NOW = datetime(2026, 4, 3, 4, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(east) -> BlankStock:
    return BlankStockFactory(branch=east, blanks=5)


@pytest.fixture
def report(shelf, teller) -> Spoilage:
    return spoilt.report_spoilt(stock=shelf, quantity=4, reason="Wet", by=teller, at=NOW)


@pytest.fixture
def confirmed(report, head) -> Spoilage:
    return spoilt.confirm_spoilt(spoilage=report, by=head, at=NOW)


def left(shelf) -> int:
    shelf.refresh_from_db()
    return shelf.balance


def test_an_unconfirmed_report_is_taken_back_and_nothing_had_moved(report, shelf, teller, head):
    spoilt.take_back(spoilage=report, reason="It was the other drawer", by=teller, at=NOW)
    assert (left(shelf), shelf.movements.count()) == (5, 1)
    assert spoilt.report_spoilt(stock=shelf, quantity=5, reason="Wet", by=teller, at=NOW)
    for again in (
        partial(spoilt.take_back, spoilage=report, reason="Again", by=teller),
        partial(spoilt.confirm_spoilt, spoilage=report, by=head),
        partial(spoilt.put_back, spoilage=report, by=head),
    ):
        with pytest.raises(RuleBroken):
            again(at=NOW)


def test_a_colleague_takes_no_report_of_another_back_but_a_head_does(report, east, head, west):
    for person in (UserFactory(teller=True, branch=east), UserFactory(head=True, branch=west)):
        with pytest.raises(RuleBroken):
            spoilt.take_back(spoilage=report, reason="Not wet", by=person, at=NOW)
    with pytest.raises(RuleBroken) as refused:
        spoilt.take_back(spoilage=report, reason=" ", by=head, at=NOW)
    assert refused.value.field == "reason"
    assert spoilt.take_back(spoilage=report, reason="Not wet", by=head, at=NOW).taken_back_by == head


def test_confirmed_blanks_are_put_back_by_a_second_person_once(confirmed, shelf, teller, head):
    spoilt.take_back(spoilage=confirmed, reason="Only damp", by=teller, at=NOW)
    assert left(shelf) == 1
    with pytest.raises(RuleBroken) as refused:
        spoilt.put_back(spoilage=confirmed, by=teller, at=NOW)
    assert refused.value.code == "four_eyes"
    spoilt.put_back(spoilage=confirmed, by=head, at=NOW)
    movement = shelf.movements.first()
    assert (left(shelf), movement.kind, movement.change, movement.remark) == (5, "put_back", 4, "Only damp")
    assert "4 blank cards" in Notification.objects.get(user=head).text
    with pytest.raises(RuleBroken):
        spoilt.put_back(spoilage=confirmed, by=head, at=NOW)
    assert left(shelf) == 5


@pytest.mark.parametrize("counted", [1, 5])
def test_what_was_counted_since_is_not_put_back_on_top(confirmed, shelf, teller, head, counted):
    spoilt.take_back(spoilage=confirmed, reason="Only damp", by=teller, at=NOW)
    stock.count_blanks(stock=shelf, counted=counted, remark="Found", by=teller, at=NOW)
    other = spoilt.report_spoilt(stock=shelf, quantity=1, reason="Torn", by=teller, at=NOW)
    with pytest.raises(RuleBroken) as refused:
        spoilt.put_back(spoilage=confirmed, by=head, at=NOW)
    assert (refused.value.code, left(shelf)) == ("counted", counted)
    assert not Spoilage.objects.to_put_back().exists()
    later = spoilt.confirm_spoilt(spoilage=other, by=head, at=NOW)
    assert spoilt.take_back(spoilage=later, reason="Whole", by=teller, at=NOW) in Spoilage.objects.to_put_back()


def test_what_was_counted_since_it_was_reported_does_not_leave_again(report, shelf, teller, head, signed_in, api):
    stock.count_blanks(stock=shelf, counted=1, remark="Four are wet", by=teller, at=NOW + timedelta(hours=1))
    with pytest.raises(RuleBroken) as refused:
        spoilt.confirm_spoilt(spoilage=report, by=head, at=NOW + timedelta(hours=2))
    assert (refused.value.code, left(shelf)) == ("counted", 1)
    page = signed_in(head).post(f"/card-stock/spoilt/{report.pk}/")
    assert page.status_code == 422 and "counted since: take the report back" in page.text
    assert api(head).post(f"/api/v1/card-spoilages/{report.pk}/confirm/").json()["code"] == "counted"
    spoilt.take_back(spoilage=report, reason="Counted", by=teller, at=NOW + timedelta(hours=2))
    assert left(shelf) == 1


def test_what_is_said_of_a_customers_card_stands_in_their_trail(own, shelf, east, teller, head):
    order = CardOrderFactory(customer=own.customer, account=own.account, branch=east, printed=True)
    said = {"stock": shelf, "quantity": 1, "reason": "Wrong name", "order": order, "by": teller, "at": NOW}
    spoilt.take_back(spoilage=spoilt.report_spoilt(**said), reason="It is right", by=teller, at=NOW)
    spoilt.confirm_spoilt(spoilage=spoilt.report_spoilt(**said), by=head, at=NOW)
    of = Event.objects.filter(action__startswith="blanks.").values_list("customer_id", flat=True)
    assert list(of) == [own.customer.pk] * 4


def test_a_printed_card_is_handed_over_after_all_until_two_have_found_it_spoilt(own, shelf, east, teller, head):
    order = CardOrderFactory(customer=own.customer, account=own.account, branch=east, printed=True)
    said = {"stock": shelf, "quantity": 1, "reason": "Wrong name", "order": order, "by": teller, "at": NOW}
    spoilt.take_back(spoilage=spoilt.report_spoilt(**said), reason="The name is right", by=teller, at=NOW)
    second = spoilt.report_spoilt(**said)
    with pytest.raises(RuleBroken):
        spoilt.report_spoilt(**said)
    spoilt.take_back(spoilage=second, reason="Right indeed", by=teller, at=NOW)
    assert orders.hand_over(order=order, slip="S-1", by=teller, at=NOW).state == "handed_over"


def test_a_card_that_two_found_spoilt_stays_so(own, shelf, east, teller, head):
    order = CardOrderFactory(customer=own.customer, account=own.account, branch=east, printed=True)
    said = {"stock": shelf, "quantity": 1, "reason": "Wrong name", "order": order}
    report = spoilt.report_spoilt(**said, by=teller, at=NOW)
    spoilt.confirm_spoilt(spoilage=report, by=head, at=NOW)
    with pytest.raises(RuleBroken) as refused:
        spoilt.take_back(spoilage=report, reason="It is right", by=teller, at=NOW)
    assert refused.value.code == "closed"


@pytest.mark.parametrize(
    "change",
    [{"confirmed_at": None, "confirmed_by": None}, {"taken_back_reason": "Other"}, {"put_back_at": None}],
)
def test_the_database_changes_nothing_that_was_said(confirmed, teller, head, change):
    spoilt.take_back(spoilage=confirmed, reason="Only damp", by=teller, at=NOW)
    spoilt.put_back(spoilage=confirmed, by=head, at=NOW)
    with pytest.raises(InternalError), transaction.atomic():
        Spoilage.objects.filter(pk=confirmed.pk).update(**change)


def test_there_is_no_way_back_once_a_report_was_taken_back(report, teller):
    before = import_module("customers.migrations.0137_spoilt_taken_back").ONE_WAY
    with connection.cursor() as cursor:
        cursor.execute(before)
        spoilt.take_back(spoilage=report, reason="Only damp", by=teller, at=NOW)
        with pytest.raises(InternalError, match="taken back"), transaction.atomic():
            cursor.execute(before)


def test_the_database_wants_two_people_and_the_whole_of_it(confirmed, teller, head):
    rows = Spoilage.objects.filter(pk=confirmed.pk)
    whole = {"taken_back_at": NOW, "taken_back_by": teller, "taken_back_reason": "Only damp"}
    for wrong in (
        whole | {"taken_back_reason": ""},
        whole | {"put_back_at": NOW, "put_back_by": teller},
        {"put_back_at": NOW, "put_back_by": head},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_who_put_back_at_once_put_back_once():
    branch = BranchFactory()
    shelf = BlankStockFactory(branch=branch, blanks=5)
    first, *others = [UserFactory(teller=True, branch=branch) for _ in range(4)]
    report = SpoilageFactory(stock=shelf, quantity=2, reported_by=first)
    spoilt.confirm_spoilt(spoilage=report, by=others[0], at=NOW)
    spoilt.take_back(spoilage=report, reason="Whole", by=first, at=NOW)
    wrong = at_once([partial(spoilt.put_back, spoilage=report, by=each, at=NOW) for each in others])
    assert [type(error) for error in wrong] == [RuleBroken] * 2
    assert left(shelf) == 5


def test_a_report_is_taken_back_on_pages(report, shelf, teller, head, signed_in):
    counter, office = signed_in(teller), signed_in(head)
    address = f"/card-stock/spoilt/{report.pk}"
    assert f"{address}/take-back/" in counter.get("/card-stock/").text
    office.post(f"{address}/")
    assert f"{address}/take-back/" in counter.get(f"/card-stock/{shelf.pk}/").text
    assert counter.post(f"{address}/take-back/", {"reason": ""}).status_code == 422
    counter.post(f"{address}/take-back/", {"reason": "Only damp"})
    assert f"{address}/put-back/" not in counter.get("/card-stock/").text
    assert f"{address}/put-back/" in office.get("/card-stock/").text
    office.post(f"{address}/put-back/")
    page = counter.get(f"/card-stock/{shelf.pk}/").text
    assert left(shelf) == 5 and "Put back" in page and "take-back" not in page


def test_a_head_takes_a_report_back_on_pages_and_what_is_done_is_refused(report, teller, head, signed_in):
    office, address = signed_in(head), f"/card-stock/spoilt/{report.pk}"
    page = office.get("/card-stock/").text
    assert f'"{address}/"' in page and f"{address}/take-back/" in page
    assert f'"{address}/"' not in signed_in(teller).get("/card-stock/").text
    office.post(f"{address}/")
    for step, text in (("", "confirmed already"), ("put-back/", "Nothing is to be put back")):
        again = office.post(f"{address}/{step}")
        assert again.status_code == 422 and text in again.text


def test_a_report_on_a_card_is_taken_back_from_its_page(own, shelf, east, teller, head, signed_in):
    order = CardOrderFactory(customer=own.customer, account=own.account, branch=east, printed=True)
    counter = signed_in(teller)
    counter.post(f"/card-orders/{order.pk}/spoilt/", {"reason": "Wrong name"})
    address = f"/card-stock/spoilt/{order.spoilages.get().pk}/take-back/"
    assert address in counter.get(f"/card-orders/{order.pk}/").text
    counter.post(address, {"reason": "The name is right"})
    page = counter.get(f"/card-orders/{order.pk}/").text
    assert "The name is right" in page and "hand-over" in page and address not in page


def test_the_same_over_rest(confirmed, shelf, teller, head, api):
    address = f"/api/v1/card-spoilages/{confirmed.pk}"
    assert api(teller).post(f"{address}/take-back/", {}).status_code == 400
    told = api(teller).post(f"{address}/take-back/", {"reason": "Only damp"}).json()
    assert (told["taken_back_by"], told["taken_back_reason"], told["put_back_at"]) == ("teller", "Only damp", None)
    assert api(teller).post(f"{address}/put-back/").status_code == 409
    assert api(head).post(f"{address}/put-back/").json()["put_back_by"] == "head"
    assert left(shelf) == 5
