"""An open page learns that somebody changed the customer it shows."""

import pytest
from django.test import Client

from crm.audit.models import Event
from crm.identity.models import User
from customers.models import Customer
from customers.services import change_contact, change_customer
from tests.people import Story

pytestmark = pytest.mark.django_db


def asked(desk: Client, customer: Customer, seen: int, *, is_form: bool = False):
    return desk.get(
        f"/customers/{customer.pk}/version/{seen}/{'?form' if is_form else ''}", headers={"HX-Request": "true"}
    )


def test_nothing_is_said_and_nothing_noted_while_the_version_is_the_same(own: Story, desk: Client, queries) -> None:
    before = Event.objects.count()
    with queries("customer:watched"):
        assert asked(desk, own.customer, 1).status_code == 204
    assert Event.objects.count() == before


def test_who_changed_what_is_said_with_the_way_to_the_newest(own: Story, desk: Client, head: User, queries) -> None:
    change_customer(customer=own.customer, by=head, region="North")
    change_contact(customer=own.customer, by=head, phone="13900001111")
    with queries("customer:moved"):
        page = asked(desk, own.customer, 1).content.decode()
    assert page.count(f"{head} changed this customer") == 2
    assert ": region." in page and ": Phone." in page
    assert "Load what is there now" in page and "1111" not in page
    assert asked(desk, own.customer, 2).content.decode().count("changed this customer") == 1


def test_a_form_is_told_that_nothing_typed_is_lost(own: Story, desk: Client, head: User) -> None:
    change_customer(customer=own.customer, by=head, region="North")
    page = asked(desk, own.customer, 1, is_form=True).content.decode()
    assert "Nothing that you typed is lost" in page and "Load what is there now" not in page


def test_what_no_person_changed_came_with_the_files(own: Story, desk: Client) -> None:
    Customer.objects.filter(pk=own.customer.pk).update(region="North", version=2)
    assert "The bank's files changed this customer" in asked(desk, own.customer, 1).content.decode()


@pytest.mark.parametrize("page", ["", "change/", "contact/", "status/"])
def test_the_page_and_each_form_ask_for_the_version_that_they_show(own: Story, desk: Client, page: str) -> None:
    html = desk.get(f"/customers/{own.customer.pk}/{page}").content.decode()
    assert f'hx-get="/customers/{own.customer.pk}/version/1/{"?form" if page else ""}" hx-trigger="every 20s"' in html


def test_who_is_signed_out_keeps_the_page_with_what_they_typed(own: Story, client: Client) -> None:
    answer = asked(client, own.customer, 1)
    assert (answer.status_code, "HX-Redirect" in answer) == (401, False)
