"""The list of customers whose record lacks a field: on the page and over REST, in reach, of whom one sees in full."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.completeness.fields import WANTED
from customers.completeness.filters import CHOICES, GIVEN, missing
from customers.completeness.reading import completeness_of
from customers.contacts import KINDS
from customers.models import Contact, Customer
from tests.factories import ContactFactory, CustomerFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
KNOWN = {
    "sex": "female",
    "birth_date": date(1980, 1, 1),
    "region": "North",
    "occupation": "Clerk",
    "education": "MA",
    "annual_income": 5,
    "language": "zh",
    "preferred_channel": "sms",
    "preferred_time": "evening",
}
SPARE = {"birth_date": None, "annual_income": None}


def record(without: str = "", **customer) -> Customer:
    """Everything is known but one thing."""
    made = CustomerFactory(**KNOWN | ({without: SPARE.get(without, "")} if without in KNOWN else {}) | customer)
    ContactFactory(customer=made, **{name: "" if name == without else f"{name}{made.pk}" for name in KINDS})
    Contact.objects.filter(customer=made).update(
        **{f"{name}_hash": None if name == without else str(made.pk).encode() for name in KINDS}
    )
    return made


def found(names: list[str]) -> list[int]:
    return list(Customer.objects.filter(missing(names)).order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("kind", Customer.Kind.values)
@pytest.mark.parametrize("name", [name for name, _label in CHOICES])
def test_it_is_missing_in_the_list_where_it_is_missing_on_the_card(kind: str, name: str) -> None:
    record(kind=kind)
    lacking = record(without=name, kind=kind)
    card = completeness_of(Customer.objects.select_related("contact").get(pk=lacking.pk), TODAY)
    assert found([name]) == [lacking.pk for field in card.missing if field.name == name]


def test_every_field_that_can_be_missing_can_be_chosen_and_all_want_contact_data() -> None:
    wanted = [{each.name for each in fields} for fields in WANTED.values()]
    assert {name for name, _label in CHOICES} == set.union(*wanted) - set(GIVEN)
    assert set(KINDS) <= set.intersection(*wanted)


def test_who_has_no_contact_data_lacks_all_of_it_and_any_of_several_is_enough() -> None:
    record()
    bare, without = CustomerFactory(**KNOWN), record(without="phone")
    region = record(without="region")
    assert found(["address"]) == [bare.pk]
    assert found(["phone", "address", "region"]) == [bare.pk, without.pk, region.pk]


@pytest.fixture
def lacking(manager) -> Customer:
    """Without a phone, in the manager's book; another one is complete, one lies in nobody's reach, and one was erased.

    Two have left."""
    record(number="whole", manager=manager, branch=manager.branch)
    record(without="phone", number="far")
    record(without="phone", number="gone", manager=manager, branch=manager.branch, erased_on=TODAY, name="")
    for status in Customer.GONE:
        record(without="phone", number=status, manager=manager, branch=manager.branch, status=status)
    return record(without="phone", number="lacks", manager=manager, branch=manager.branch)


def test_the_page_and_the_endpoint_list_those_in_reach(lacking, manager, signed_in, api) -> None:
    rows = signed_in(manager).get("/customers/?missing=phone").context["table"].data
    assert [row.number for row in rows] == ["lacks"]
    answer = api(manager).get("/api/v1/customers/", {"missing": ["phone", "address"]}).json()
    assert [row["number"] for row in answer["results"]] == ["lacks"]
    assert api(manager).get("/api/v1/customers/", {"missing": "shoes"}).status_code == 400


def test_who_sees_outlines_is_not_told_who_has_no_phone(lacking, agent, auditor, signed_in, api) -> None:
    sheet = 'name="missing"'
    assert sheet in signed_in(auditor).get("/customers/").text
    page = signed_in(agent).get("/customers/").text
    assert sheet not in page and "lacks" in page
    assert api(agent).get("/api/v1/customers/", {"missing": "phone"}).json()["results"] == []
    numbers = [row["number"] for row in api(auditor).get("/api/v1/customers/", {"missing": "phone"}).json()["results"]]
    assert sorted(numbers) == ["far", "lacks"]


def test_a_company_s_code_is_called_so_in_the_sheet(lacking, manager, signed_in) -> None:
    assert "National id / Unified social credit code" in signed_in(manager).get("/customers/").text


def test_the_filter_costs_nothing_where_it_is_not_used(lacking, manager, signed_in) -> None:
    client = signed_in(manager)
    client.get("/customers/")
    with CaptureQueriesContext(connection) as plain:
        client.get("/customers/")
    assert not any("_hash" in query["sql"] for query in plain)
    with CaptureQueriesContext(connection) as narrowed:
        client.get("/customers/?missing=phone")
    assert len(narrowed) <= len(plain) + 1
