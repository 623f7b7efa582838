"""Several customers go over REST at once: all of them or none, with a sentence for each that can't."""

from datetime import UTC, date, datetime

import pytest

from customers.models import Customer
from managers.books.keeping import follow_records
from managers.models import Handover
from tests.factories import CustomerFactory, LeavingFactory, TierFactory, TierPeriodFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/handovers/"


@pytest.fixture
def two(east) -> list:
    return [UserFactory(manager=True, branch=east, username=name) for name in ("xin", "yue")]


def book(east, manager, count: int) -> list[Customer]:
    made = [CustomerFactory(branch=east, manager=manager) for _number in range(count)]
    follow_records(customers=[each.pk for each in made], at=datetime(2026, 3, 1, tzinfo=UTC))
    return made


def wishes(customers, *receivers: str) -> list[dict]:
    return [
        {"customer": each.number, "receiver": receivers[place % len(receivers)], "reason": "Moves"}
        for place, each in enumerate(customers)
    ]


def test_several_of_several_books_go_at_once_each_for_its_reason(east, manager, two, head, api) -> None:
    mine, xins = book(east, manager, 2), book(east, two[0], 1)
    asked = wishes([*mine, *xins], "xin", "yue", "manager")
    asked[1]["reason"] = "Lives there"
    answer = api(head).post(URL, asked, format="json")
    assert answer.status_code == 201, answer.data
    told = [(row["customer"], row["giver"], row["receiver"], row["reason"]) for row in answer.data]
    assert told == [
        (mine[0].number, "manager", "xin", "Moves"),
        (mine[1].number, "manager", "yue", "Lives there"),
        (xins[0].number, "xin", "manager", "Moves"),
    ]
    assert [Customer.objects.get(pk=each.pk).manager.username for each in (*mine, *xins)] == ["xin", "yue", "manager"]


def test_many_cost_as_many_statements_as_few(east, manager, two, head, api, queries) -> None:
    client = api(head)
    for count in (4, 24):
        asked = wishes(book(east, manager, count), "xin", "yue")
        with queries("api:handovers, several"):
            assert client.post(URL, asked, format="json").status_code == 201


def test_each_refused_row_has_its_sentence_and_nobody_goes(east, manager, two, head, api) -> None:
    customers = book(east, manager, 5)
    nobodys = CustomerFactory(branch=east, manager=None)
    twice = [customers[3], customers[3]]
    asked = wishes([customers[0], nobodys, customers[1], *twice, customers[2]], "xin")
    asked[2]["receiver"] = "manager"
    answer = api(head).post(URL, asked, format="json")
    assert (answer.status_code, answer.data["code"]) == (409, "rows_refused")
    assert {place: " ".join(texts) for place, texts in answer.data["errors"].items()} == {
        "1.customer": "Nobody has this customer: assign a manager.",
        "2.receiver": "They have this customer.",
        "3.customer": "This customer stands in several rows.",
        "4.customer": "This customer stands in several rows.",
    }
    assert not Handover.objects.exists() and Customer.objects.filter(manager=manager).count() == 5


def test_who_may_not_have_a_customer_is_told_of_that_customer_alone(east, manager, two, head, api, ask_of) -> None:
    customers = book(east, manager, 5)
    TierPeriodFactory(customer=customers[3], tier=TierFactory(code="private", name="Private"))
    ask_of(private={"grade": "senior"})
    answer = api(head).post(URL, wishes(customers, "xin"), format="json")
    assert answer.status_code == 409 and list(answer.data["errors"]) == ["3.receiver"]
    assert "Private" in answer.data["errors"]["3.receiver"][0] and not Handover.objects.exists()
    LeavingFactory(manager=two[1], last_day=date(2098, 1, 1))
    leaves = api(head).post(URL, wishes(customers[:3], "xin", "yue"), format="json")
    assert list(leaves.data["errors"]) == ["1.receiver"] and "leaves" in leaves.data["errors"]["1.receiver"][0]


def test_what_is_no_row_is_said_beside_its_place(east, west, manager, two, head, api) -> None:
    good, far = book(east, manager, 1)[0], CustomerFactory(branch=west)
    client = api(head)
    asked = [*wishes([good, far], "xin"), {"customer": 7, "receiver": ["xin"], "reason": " "}]
    answer = client.post(URL, asked, format="json")
    assert answer.status_code == 400
    assert set(answer.data["errors"]) == {"1.customer", "2.customer", "2.receiver", "2.reason"}
    for wrong in ([], wishes([good], "xin") * 201, [3]):
        assert client.post(URL, wrong, format="json").status_code == 400
    assert not Handover.objects.exists()
