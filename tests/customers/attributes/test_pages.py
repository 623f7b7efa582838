"""Attributes on pages and over REST, told to the customer, and gone with them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.audit.models import Event
from customers.attributes.services import change_attribute
from customers.models import Attribute, AttributeValue, Customer
from customers.privacy.exporting import ask_export, make, take_along
from tests.customers.privacy.everywhere import places_of
from tests.customers.privacy.test_erasing import now
from tests.factories import AttributeFactory, AttributeValueFactory, CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(manager, east) -> Customer:
    found = CustomerFactory(manager=manager, branch=east)
    AttributeValueFactory(customer=found, text="围棋九段")
    return found


def test_the_tab_shows_what_is_known_and_what_stood_there_before(customer, manager, signed_in) -> None:
    AttributeFactory(since=True)
    desk = signed_in(manager)
    form = {"attribute_hobby": "钓鱼", "attribute_vip_since": "2020-05-01", "version": customer.version}
    answer = desk.post(f"/customers/{customer.pk}/attributes/", form)
    assert answer.url == f"/customers/{customer.pk}/?tab=attributes"
    page = desk.get(answer.url).text
    assert "钓鱼" in page and "2020-05-01" in page and "围棋九段" in page
    event = Event.objects.get(action="attributes.changed")
    assert event.data["attributes"] == ["hobby", "vip_since"] and "钓鱼" not in str(event.data)


def test_who_read_an_older_version_is_told_and_nothing_is_lost(customer, manager, signed_in) -> None:
    form = {"attribute_hobby": "钓鱼", "version": customer.version - 1}
    answer = signed_in(manager).post(f"/customers/{customer.pk}/attributes/", form)
    assert answer.status_code == 422 and "钓鱼" in answer.text
    assert AttributeValue.objects.get().text == "围棋九段"


def test_an_admin_declares_a_choice_and_deletes_what_nothing_uses(admin, signed_in) -> None:
    desk = signed_in(admin)
    form = {"code": "origin", "label": "Origin", "type": "choice", "sensitivity": "personal",
            "words_typed": "fair, Fair, 展会\nweb，Web"}  # fmt: skip
    assert desk.post("/custom-attributes/new/", form).status_code == 302
    made = Attribute.objects.get()
    assert made.words == [{"code": "fair", "label": "Fair", "label_zh": "展会"}, {"code": "web", "label": "Web"}]
    wrong = desk.post(
        f"/custom-attributes/{made.pk}/", {"label": "", "sensitivity": "personal", "words_typed": "fair", "version": 1}
    )
    assert wrong.status_code == 422
    assert desk.post(f"/custom-attributes/{made.pk}/delete/").url == "/custom-attributes/"
    assert not Attribute.objects.standing().exists()


def test_a_word_that_another_admin_added_meanwhile_is_not_lost(admin, signed_in) -> None:
    attribute = AttributeFactory(channel=True)
    desk, address = signed_in(admin), f"/custom-attributes/{attribute.pk}/"
    form = desk.get(address).context["form"]
    read = {name: form[name].value() for name in ("label", "sensitivity", "words_typed", "version")}
    words = [*attribute.words, {"code": "new", "label": "New"}]
    change_attribute(attribute=attribute, by=admin, words=words)

    overtaken = desk.post(address, read | {"label": "Channel"})

    attribute.refresh_from_db()
    assert overtaken.status_code == 422 and "in the meantime" in overtaken.text and "New" in overtaken.text
    assert attribute.words == words
    now = overtaken.context["form"]["version"].value()
    assert desk.post(address, read | {"label": "Channel", "version": now}).status_code == 302


def test_the_list_counts_no_values(admin, signed_in) -> None:
    AttributeValueFactory()
    with CaptureQueriesContext(connection) as asked:
        assert signed_in(admin).get("/custom-attributes/").status_code == 200
    assert not [query for query in asked if "attributevalue" in query["sql"]]


def test_rest_reads_and_writes_them_with_the_customer(customer, manager, api) -> None:
    AttributeFactory(limit=True)
    program = api(manager)
    url = f"/api/v1/customers/{customer.pk}/"
    found = program.get(url)
    assert found.json()["attributes"] == {"hobby": "围棋九段"}
    changed = program.patch(
        url, {"attributes": {"wish": "30000.5", "hobby": None}}, format="json", HTTP_IF_MATCH=found["ETag"]
    )
    assert changed.status_code == 200, changed.content
    assert program.get(url).json()["attributes"] == {"wish": "30000.50"}
    refused = program.patch(url, {"attributes": {"nothing": 1}}, format="json", HTTP_IF_MATCH="*")
    assert refused.status_code == 409


def test_they_are_told_to_the_customer(customer, head) -> None:
    export = ask_export(customer=customer, reason="Asked at the counter", by=head, at=now())
    make(export.run)
    export.refresh_from_db()
    parts = {part["name"]: part["rows"] for part in take_along(export=export, kind="json", by=head, at=now())["parts"]}
    assert parts["attributes"] == [{"attribute": "Hobby", "text": "围棋九段"}]


def test_they_go_with_the_customer_earlier_values_too(customer, manager, erased, as_app_role) -> None:
    AttributeValue.objects.filter(customer=customer).update(text="围棋八段")
    assert list(places_of("围棋"))
    erased(customer)
    assert list(places_of("围棋")) == []
    assert date.today() == Customer.objects.get(pk=customer.pk).erased_on
