"""The pages of duplicates and merges, over HTML and REST."""

from datetime import UTC, datetime

import pytest

from customers.duplicates.finding import find_duplicates
from customers.models import Contact, Customer, Duplicate, Merge
from tests.customers.views.conftest import desk
from tests.factories import ContactFactory, CustomerFactory, DuplicateFactory, InteractionFactory

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
WHY = "The same passport"


@pytest.fixture
def twin(own):
    """Another record of the own customer, in the same book, with the same phone."""
    twin = CustomerFactory(
        name=own.customer.name, manager=own.customer.manager, branch=own.customer.branch, region="North"
    )
    Contact.objects.filter(customer=own.customer).delete()
    for customer in (own.customer, twin):
        ContactFactory(customer=customer, phone="+8613812345678", national_id="", email="")
    return twin


def address(stays: Customer, goes: Customer) -> str:
    return f"/customers/{stays.pk}/merge/{goes.pk}/"


def test_a_pair_is_listed_to_who_reaches_both_and_told_without_data_to_who_reaches_one(
    own, other, twin, desk, queries
) -> None:
    hidden = CustomerFactory(name="隐藏的人", branch=other.customer.branch)
    find_duplicates(at=NOW)
    DuplicateFactory(first=own.customer, second=hidden)
    with queries("duplicates"):
        page = desk.get("/duplicates/").content.decode()
    assert twin.name in page and "phone" in page and "隐藏的人" not in page
    of = desk.get(f"/customers/{own.customer.pk}/duplicates/").content.decode()
    assert twin.number in of and hidden.number not in of and "隐藏的人" not in of
    assert "1 more record that may be the same customer is out of your reach" in of
    said = desk.get(f"/customers/{own.customer.pk}/").content.decode()
    assert "2 other records may be the same customer" in said


def test_side_by_side_contact_data_are_masked_and_what_differs_is_asked(own, twin, desk, queries) -> None:
    InteractionFactory.create_batch(2, customer=twin)
    with queries("customer_merge"):
        page = desk.get(address(own.customer, twin)).content.decode()
    assert "+8613812345678" not in page and "138****5678" in page
    assert 'name="take_region"' in page and 'name="take_phone"' not in page
    assert "Contacts 2" in page


def test_one_merges_on_the_page_and_undoes_it(own, twin, desk) -> None:
    stays = own.customer
    typed = {"version": stays.version, "other_version": twin.version, "reason": WHY, "take_region": "goes"}
    answer = desk.post(address(stays, twin), typed, follow=True)
    assert f"{twin.number} is a part of this record now" in answer.content.decode()
    stays.refresh_from_db()
    assert stays.region == "North"
    gone = desk.get(f"/customers/{twin.pk}/").content.decode()
    assert f"This record was merged into {stays.number}" in gone
    listed = desk.get("/customers/").content.decode()
    assert stays.number in listed and twin.number not in listed
    merge = Merge.objects.get()
    answer = desk.post(f"/merges/{merge.pk}/undo/", {"reason": "A brother"}, follow=True)
    assert "these are two records again" in answer.content.decode()
    assert twin.number in desk.get("/customers/").content.decode()


def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(own, twin, desk) -> None:
    typed = {"version": own.customer.version, "other_version": twin.version, "reason": "", "take_region": "goes"}
    answer = desk.post(address(own.customer, twin), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "This field is required" in page
    assert 'value="goes" checked' in page
    assert not Merge.objects.exists()


def test_who_was_overtaken_sees_the_records_as_they_are_now(own, twin, desk) -> None:
    typed = {"version": own.customer.version, "other_version": twin.version, "reason": WHY, "take_region": "goes"}
    Customer.objects.filter(pk=twin.pk).update(region="South", version=twin.version + 1)
    answer = desk.post(address(own.customer, twin), typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "South" in page and WHY in page and "in the meantime" in page


def test_a_teller_compares_and_does_not_merge(own, twin, teller, signed_in) -> None:
    browser = signed_in(teller)
    page = browser.get(address(own.customer, twin)).content.decode()
    assert (
        "Merge" not in page.split("<main")[1].split("Side by side")[1] or 'type="submit"' not in page.split("<main")[1]
    )
    typed = {"version": own.customer.version, "other_version": twin.version, "reason": WHY, "take_region": "stays"}
    assert browser.post(address(own.customer, twin), typed).status_code == 403


def test_while_a_new_customer_is_typed_the_form_names_who_is_alike(own, twin, desk) -> None:
    page = desk.post("/customers/new/alike/", {"phone": "138 1234 5678", "kind": "person"}).content.decode()
    assert "Is it one of these?" in page and twin.number in page and own.customer.number in page
    assert desk.post("/customers/new/alike/", {"name": "Nobody"}).content.decode().strip() == ""


def test_the_search_box_leads_from_the_old_number_to_the_record_that_stands(own, twin, desk, api, manager) -> None:
    created = api(manager).post(
        "/api/v1/merges/", {"survivor": own.customer.number, "absorbed": twin.number, "reason": WHY, "take": ["region"]}
    )
    assert created.status_code == 201, created.json()
    found = desk.get("/search/", {"q": twin.number}).content.decode()
    assert f"/customers/{own.customer.pk}/" in found and f"/customers/{twin.pk}/" not in found


def test_over_rest_the_merged_record_names_the_one_that_stands(own, twin, api, manager) -> None:
    client = api(manager)
    find_duplicates(at=NOW)
    pair = client.get("/api/v1/duplicates/").json()["results"][0]
    assert (pair["first"], pair["second"]) == (own.customer.number, twin.number)
    merge = client.post(
        "/api/v1/merges/", {"survivor": own.customer.number, "absorbed": twin.number, "reason": WHY}
    ).json()
    assert client.get(f"/api/v1/customers/{twin.pk}/").json()["merged_into"] == own.customer.number
    numbers = [row["number"] for row in client.get("/api/v1/customers/").json()["results"]]
    assert twin.number not in numbers
    by_number = client.get("/api/v1/customers/", {"number": twin.number}).json()["results"]
    assert [row["merged_into"] for row in by_number] == [own.customer.number]
    undone = client.post(f"/api/v1/merges/{merge['id']}/undo/", {"reason": "A brother"}).json()
    assert undone["left"] == [] and undone["merge"]["undone_because"] == "A brother"
    assert client.post(f"/api/v1/merges/{merge['id']}/undo/", {"reason": "A brother"}).status_code == 409


def test_over_rest_a_pair_is_dismissed_with_a_reason(own, twin, api, manager) -> None:
    find_duplicates(at=NOW)
    pair = Duplicate.objects.get()
    client = api(manager)
    assert client.post(f"/api/v1/duplicates/{pair.pk}/dismiss/", {}).status_code == 400
    assert client.post(f"/api/v1/duplicates/{pair.pk}/dismiss/", {"reason": "Twins"}).json()["state"] == "dismissed"


def test_merging_what_is_out_of_reach_is_refused_without_a_word_about_it(own, other, api, manager) -> None:
    asked = {"survivor": own.customer.number, "absorbed": other.customer.number, "reason": WHY}
    answer = api(manager).post("/api/v1/merges/", asked)
    assert answer.status_code == 400 and other.customer.name not in answer.content.decode()
