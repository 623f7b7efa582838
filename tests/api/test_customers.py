import pytest

from crm.audit.models import Event
from customers.models import Customer


@pytest.fixture
def program(api, manager):
    return api(manager)


def url(customer: Customer) -> str:
    return f"/api/v1/customers/{customer.pk}/"


def test_a_list_holds_the_customers_in_reach(program, own, other):
    found = program.get("/api/v1/customers/").json()
    assert set(found) == {"next", "previous", "results"}
    assert [row["number"] for row in found["results"]] == ["1001"]


def test_a_customer_is_found_by_number(api, auditor, own, other):
    found = api(auditor).get("/api/v1/customers/", {"number": "2002"}).json()["results"]
    assert [row["id"] for row in found] == [other.customer.pk]


def test_a_customer_is_found_by_initials(program, own):
    assert program.get("/api/v1/customers/", {"search": "zw"}).json()["results"][0]["name"] == "张伟"
    assert program.get("/api/v1/customers/", {"search": "xx"}).json()["results"] == []


def test_fields_are_named_as_the_import_columns(program, own):
    shown = program.get(url(own.customer)).json()
    assert shown["branch"] == "EAST"
    assert shown["manager"] == "manager"
    assert {"annual_income", "currency", "birth_date", "national_id"} <= set(shown)


def test_contact_data_are_masked_even_for_the_own_manager(program, own):
    shown = program.get(url(own.customer)).json()
    assert shown["phone"] == "138****5678"
    assert shown["national_id"] == "110***********8515"
    assert "zhang.wei@" not in str(shown)


def test_out_of_reach_is_unknown(program, other):
    answer = program.get(url(other.customer))
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_look_at_a_customer_is_recorded(program, own, manager):
    program.get(url(own.customer))
    event = Event.objects.get(kind="read")
    assert (event.actor_id, event.customer_id) == (manager.pk, own.customer.pk)


def test_money_has_the_digits_of_its_currency(program, own):
    Customer.objects.filter(pk=own.customer.pk).update(annual_income="120000.5")
    shown = program.get(url(own.customer)).json()
    assert (shown["annual_income"], shown["currency"]) == ("120000.50", "CNY")


def test_registering_gives_a_number_a_version_and_an_address(program, east, manager):
    answer = program.post("/api/v1/customers/", {"name": "王芳", "branch": "EAST", "manager": "manager"})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["status"], made["version"], answer["ETag"]) == ("prospect", 1, '"1"')
    assert program.get(answer["Location"]).json()["number"] == made["number"]


def test_a_phone_number_that_is_none_is_told_beside_its_field(program, east):
    answer = program.post("/api/v1/customers/", {"name": "王芳", "branch": "EAST", "phone": "never"})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["phone"]


def test_registering_in_another_branch_is_refused(program, east, west):
    answer = program.post("/api/v1/customers/", {"name": "王芳", "branch": "WEST"})
    assert answer.status_code == 409
    assert answer.json()["errors"]["branch"]


def test_a_change_needs_the_version_that_was_read(program, own):
    change = {"occupation": "pilot", "phone": "13900001111"}
    assert program.patch(url(own.customer), change).status_code == 428
    assert program.patch(url(own.customer), change, headers={"If-Match": '"7"'}).status_code == 412
    tag = program.get(url(own.customer))["ETag"]
    answer = program.patch(url(own.customer), change, headers={"If-Match": tag})
    assert answer.status_code == 200
    assert (answer.json()["occupation"], answer.json()["phone"]) == ("pilot", "139****1111")
    assert answer["ETag"] == f'"{answer.json()["version"]}"' != tag
    assert program.patch(url(own.customer), change, headers={"If-Match": tag}).status_code == 412


def test_a_refused_change_leaves_nothing_half_done(program, own, east, west):
    answer = program.patch(url(own.customer), {"occupation": "pilot", "branch": "WEST"}, headers={"If-Match": "*"})
    assert answer.status_code == 409
    own.customer.refresh_from_db()
    assert (own.customer.occupation, own.customer.version) == ("", 1)


def test_a_number_never_changes(program, own):
    answer = program.patch(url(own.customer), {"number": "9"}, headers={"If-Match": "*"})
    assert answer.json()["errors"] == {"number": ["A customer's number never changes."]}


def test_what_was_read_is_not_sent_again(program, own):
    tag = program.get(url(own.customer))["ETag"]
    assert program.get(url(own.customer), headers={"If-None-Match": tag}).status_code == 304


def test_the_price_of_a_book_and_of_a_customer(program, own, queries):
    with queries("api:customers-list, a manager's"):
        program.get("/api/v1/customers/")
    with queries("api:customers-detail"):
        program.get(url(own.customer))
