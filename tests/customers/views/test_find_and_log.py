from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crm.identity.models import User
from customers.models import Interaction
from tests.factories import ContactFactory, CustomerFactory
from tests.people import Story

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def text(response) -> str:
    return response.content.decode()


def logged(**fields) -> dict[str, str]:
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    return {
        "channel": "phone", "direction": "out", "purpose": "care", "outcome": "reached", "at": now, "note": "Called",
    } | fields  # fmt: skip


def test_a_contact_is_logged_on_the_page(own: Story, desk: Client, manager: User) -> None:
    answer = desk.post(f"/customers/{own.customer.pk}/log/", logged(note="Wants a deposit"))
    assert answer.url == f"/customers/{own.customer.pk}/"
    assert Interaction.objects.get(note="Wants a deposit").by == manager


def test_a_log_that_fails_keeps_what_was_typed_and_says_why_beside_the_field(own: Story, desk: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = desk.post(f"/customers/{own.customer.pk}/log/", logged(note="Long talk", next_on=str(yesterday)))
    assert answer.status_code == 422
    assert "Long talk" in text(answer)
    assert answer.context["form"].errors.keys() == {"next_on"}


@pytest.mark.parametrize("typed", ["1001", "zw", "张伟"])
def test_a_contact_is_logged_from_anywhere_by_naming_the_customer(own: Story, desk: Client, typed: str) -> None:
    answer = desk.post("/interactions/new/", logged(customer=typed))
    assert answer.url == f"/customers/{own.customer.pk}/"


def test_naming_several_or_nobody_asks_again(own: Story, other: Story, desk: Client, manager: User) -> None:
    CustomerFactory(zhang_wei=True, manager=manager, number="1009")
    several = desk.post("/interactions/new/", logged(customer="zw"))
    assert "1001" in text(several)
    assert "1009" in text(several)
    nobody = desk.post("/interactions/new/", logged(customer="2002"))
    assert nobody.context["form"].errors.keys() == {"customer"}


def test_branch_staff_find_a_customer_by_the_document_and_open_the_page(other: Story, teller: User, signed_in) -> None:
    client = signed_in(teller)
    assert client.get(f"/customers/{other.customer.pk}/").status_code == 404
    answer = client.post("/customers/find/", {"text": "110101199003078515"})
    assert answer.url == f"/customers/{other.customer.pk}/"
    assert client.get(answer.url).status_code == 200


def test_nobody_found_says_so_and_keeps_the_text(teller: User, signed_in) -> None:
    answer = signed_in(teller).post("/customers/find/", {"text": "999"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"text"}


def test_several_who_share_a_phone_are_offered(other: Story, teller: User, signed_in) -> None:
    ContactFactory(customer=CustomerFactory(name="李雷"))
    answer = signed_in(teller).post("/customers/find/", {"text": "13812345678"})
    assert "李娜" in text(answer)
    assert "李雷" in text(answer)
