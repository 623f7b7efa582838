"""The card, the quick log and the endpoint: one click each, and the answer where it is heard."""

import pytest
from django.utils import timezone

from customers.completeness.services import ask_for
from customers.models import Contact, FieldCheck, Interaction
from customers.services import change_contact, change_customer

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
LOGGED = {"at": "2026-03-01T09:00", "channel": "phone", "direction": "out", "purpose": "care", "outcome": "reached"}


@pytest.fixture
def asked(own, manager):
    """The phone centre is to hear what the customer does and by which e-mail they are reached."""
    for field in ("occupation", "email"):
        ask_for(customer=own.customer, field=field, at=timezone.now(), by=manager)
    return own.customer


def test_a_click_asks_and_the_card_comes_back(own, desk):
    page = desk.post(f"/customers/{own.customer.pk}/fields/occupation/ask/", **HTMX).content.decode()
    assert 'id="completeness"' in page and "to be asked" in page
    assert FieldCheck.objects.get().field == "occupation"
    assert desk.post(f"/customers/{own.customer.pk}/fields/occupation/leave/").url == f"/customers/{own.customer.pk}/"
    assert not FieldCheck.objects.exists()


@pytest.mark.parametrize("address", ["nothing/ask/", "phone/shout/", "nothing/answer/"])
def test_an_unknown_field_or_act_is_not_found(own, desk, address):
    assert desk.post(f"/customers/{own.customer.pk}/fields/{address}").status_code == 404


def test_the_page_says_how_complete_the_record_is_and_what_is_to_be_asked(asked, desk):
    page = desk.get(f"/customers/{asked.pk}/").content.decode()
    assert "To be asked at the next contact" in page and "Occupation" in page
    assert f"/customers/{asked.pk}/fields/occupation/answer/" in page


def test_an_answer_goes_into_the_record_or_is_refused_beside_its_field(asked, desk):
    address = f"/customers/{asked.pk}/fields/email/answer/"
    version = desk.get(address).context["form"]["version"].value()
    wrong = desk.post(address, {"value": "no e-mail", "version": version})
    assert wrong.context["form"].errors == {"value": ["This is not an e-mail address."]}
    assert desk.post(address, {"value": "Wei@Example.com", "version": version}).status_code == 302
    assert Contact.objects.get(customer=asked).email == "wei@example.com"


def test_an_answer_never_takes_the_place_of_a_newer_one_unseen(asked, desk, head):
    address = f"/customers/{asked.pk}/fields/occupation/answer/"
    read = desk.get(address).context["form"]["version"].value()
    change_customer(customer=asked, by=head, occupation="Judge")

    overtaken = desk.post(address, {"value": "Teacher", "version": read})

    asked.refresh_from_db()
    assert "in the meantime" in overtaken.context["form"].errors["value"][0] and asked.occupation == "Judge"
    assert 'value="Teacher"' in overtaken.content.decode()
    meant = overtaken.context["form"]["version"].value()
    assert desk.post(address, {"value": "Teacher", "version": meant}).status_code == 302


def test_what_the_card_refuses_is_said_where_the_click_was(own, desk):
    change_contact(customer=own.customer, by="bank", phone="")
    address, page = f"/customers/{own.customer.pk}/fields/phone/confirm/", f"/customers/{own.customer.pk}/"
    here = {"HTTP_REFERER": f"http://testserver{page}"}
    assert desk.post(address, **HTMX, **here)["HX-Redirect"].endswith(page)
    assert "Nothing is known here yet" in desk.get(page).content.decode()
    assert desk.post(address, **here).url.endswith(page)
    assert desk.post(address, HTTP_REFERER="https://elsewhere.example/").url == "/"


def test_the_quick_log_takes_the_answers_with_the_contact(asked, desk):
    address = f"/customers/{asked.pk}/log/"
    assert "answer_occupation" in desk.get(address).content.decode()
    answers = {"answer_occupation": "Teacher", "answer_email": ""}
    assert desk.post(address, LOGGED | answers).status_code == 302
    asked.refresh_from_db()
    assert asked.occupation == "Teacher"
    assert list(FieldCheck.objects.filter(asked_at__isnull=False).values_list("field", flat=True)) == ["email"]


def test_where_an_answer_is_refused_the_contact_is_not_logged_either(asked, desk):
    before = Interaction.objects.count()
    page = desk.post(f"/customers/{asked.pk}/log/", LOGGED | {"answer_email": "none"})
    assert page.context["form"].errors.keys() == {"answer_email"}
    assert Interaction.objects.count() == before


def test_what_somebody_else_answered_meanwhile_is_neither_lost_nor_written_over(asked, desk, head):
    address, answer = f"/customers/{asked.pk}/log/", {"answer_occupation": "Teacher"}
    change_customer(customer=asked, by=head, occupation="Judge")
    page = desk.post(address, LOGGED | answer)
    assert page.context["form"].errors.keys() == {"answer_occupation"} and "Teacher" in page.content.decode()
    assert desk.post(address, LOGGED | {"answer_occupation": ""}).status_code == 302
    asked.refresh_from_db()
    assert asked.occupation == "Judge"


def test_who_may_not_write_the_record_is_not_asked_to(asked, signed_in, agent):
    assert "answer_occupation" not in signed_in(agent).get(f"/customers/{asked.pk}/log/").content.decode()


def test_the_endpoint_tells_and_acts(asked, api, manager):
    client, address = api(manager), f"/api/v1/customers/{asked.pk}/completeness/"
    found = client.get(address).json()
    told = {field["field"]: field for field in found["fields"]}
    assert found["percent"] == sum(field["weight"] for field in found["fields"] if field["is_known"])
    assert (told["occupation"]["is_asked"], told["phone"]["is_known"], told["phone"]["good_for_days"]) == (
        True,
        True,
        365,
    )
    after = client.post(address, {"field": "occupation", "act": "leave"}, format="json").json()
    assert [field["field"] for field in after["fields"] if field["is_asked"]] == ["email"]
    assert client.post(address, {"field": "occupation", "act": "confirm"}, format="json").status_code == 409
    assert client.post(address, {"field": "occupation", "act": "shout"}, format="json").status_code == 400
