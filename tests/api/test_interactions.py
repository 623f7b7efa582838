import pytest

from customers.models import Interaction

URL = "/api/v1/interactions/"


@pytest.fixture
def program(api, teller):
    return api(teller)


def contact(customer, **more) -> dict:
    return {"customer": customer.number, "at": "2026-03-01T09:00:00+08:00", "channel": "phone"} | more


def test_a_contact_is_logged_by_whoever_holds_the_token(program, own, teller):
    answer = program.post(URL, contact(own.customer, note="Asked for a card", next_on="2026-03-05"))
    assert answer.status_code == 201, answer.content
    made = Interaction.objects.get(pk=answer.json()["id"])
    assert (made.by, made.customer, made.note) == (teller, own.customer, "Asked for a card")


def test_a_customer_out_of_reach_can_not_even_be_named(program, own, other):
    answer = program.post(URL, contact(other.customer))
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["customer"]
    assert not Interaction.objects.filter(customer=other.customer).exclude(pk=other.interaction.pk).exists()


def test_a_contact_in_the_future_is_refused_beside_its_field(program, own):
    answer = program.post(URL, contact(own.customer, at="2099-01-01T00:00:00Z"))
    assert answer.status_code == 409
    assert list(answer.json()["errors"]) == ["at"]


def test_interactions_of_one_customer(api, auditor, own, other):
    found = api(auditor).get(URL, {"customer": "2002"}).json()["results"]
    assert [row["id"] for row in found] == [other.interaction.pk]


def test_an_unknown_channel_is_told(program, own):
    assert list(program.post(URL, contact(own.customer, channel="telex")).json()["errors"]) == ["channel"]
