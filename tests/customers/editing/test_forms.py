from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crm.identity.models import User
from crm.identity.services import grant_reach
from customers.models import Contact, Customer
from customers.services import assign_manager, change_customer, change_status
from tests.people import Story

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 1, tzinfo=UTC)
HTMX = {"HTTP_HX_REQUEST": "true"}


def text(response) -> str:
    return response.content.decode()


def test_a_record_is_changed_and_the_history_shows_before_after_and_who(
    own: Story, desk: Client, manager: User
) -> None:
    form = {"name": "张伟", "kind": "person", "occupation": "Teacher", "version": 1}
    desk.post(f"/customers/{own.customer.pk}/change/", form)
    page = text(desk.get(f"/customers/{own.customer.pk}/?tab=changes"))
    assert "Teacher" in page
    assert str(manager) in page


def test_how_and_when_a_customer_likes_to_be_reached_stands_on_their_page(own: Story, desk: Client) -> None:
    form = {
        "name": "张伟",
        "kind": "person",
        "preferred_channel": "messenger",
        "preferred_time": "evening",
        "version": 1,
    }
    desk.post(f"/customers/{own.customer.pk}/change/", form)
    page = text(desk.get(f"/customers/{own.customer.pk}/"))
    assert "<dt>Preferred channel</dt><dd>Messenger</dd>" in page
    assert "<dt>Preferred time</dt><dd>Evening</dd>" in page


def test_contact_data_are_changed_and_an_empty_field_keeps_what_is_there(own: Story, desk: Client) -> None:
    address = f"/customers/{own.customer.pk}/contact/"
    desk.post(address, {"phone": "13900001111", "clear": ["email"], "version": 1})
    contact = Contact.objects.get(customer=own.customer)
    assert (contact.phone, contact.email, contact.national_id) == ("+8613900001111", "", "110101199003078515")
    assert "13900001111" not in text(desk.get(address))


def test_a_status_is_changed_with_its_date(own: Story, desk: Client) -> None:
    desk.post(f"/customers/{own.customer.pk}/status/", {"status": "dormant", "on": "2026-03-01", "version": 1})
    changed = Customer.objects.get(pk=own.customer.pk)
    assert (changed.status, changed.status_since) == ("dormant", date(2026, 3, 1))


def test_a_head_assigns_a_manager_of_the_own_branches_and_a_manager_does_not(
    own: Story, manager2: User, head: User, desk: Client, signed_in
) -> None:
    address = f"/customers/{own.customer.pk}/manager/"
    assert desk.get(address).status_code == 403
    far = signed_in(head).post(address, {"manager": manager2.pk, "reason": "Moved", "version": 1})
    assert far.context["form"].errors.keys() == {"manager"}
    signed_in(head).post(address, {"manager": "", "reason": "Left the bank", "version": 1})
    assert Customer.objects.get(pk=own.customer.pk).manager is None


def test_history_tells_who_assigned_the_manager(own: Story, head: User, desk: Client, signed_in) -> None:
    assign_manager(customer=own.customer, manager=None, by=head, at=timezone.now())
    page = text(signed_in(head).get(f"/customers/{own.customer.pk}/?tab=changes"))
    assert str(head) in page


def test_an_overtaken_change_of_status_says_so_and_saves_when_sent_again(own: Story, desk: Client, head: User) -> None:
    change_status(customer=own.customer, status="frozen", on=date(2026, 2, 1), by=head, as_of=date(2026, 4, 1))
    address, form = f"/customers/{own.customer.pk}/status/", {"status": "dormant", "on": "2026-03-01", "version": 1}
    answer = desk.post(address, form)
    assert answer.status_code == 422
    assert f"{head} changed: status." in text(answer) and "Now it is: Frozen." in text(answer)
    assert Customer.objects.get(pk=own.customer.pk).status == "frozen"
    again = answer.context["form"]["version"].value()
    assert desk.post(address, form | {"version": again}).status_code == 302
    assert Customer.objects.get(pk=own.customer.pk).status == "dormant"


def test_an_overtaken_assignment_is_refused(own: Story, head: User, signed_in) -> None:
    change_status(customer=own.customer, status="frozen", on=date(2026, 2, 1), by=head, as_of=date(2026, 4, 1))
    form = {"manager": "", "reason": "Left the bank", "version": 1}
    assert signed_in(head).post(f"/customers/{own.customer.pk}/manager/", form).status_code == 422
    assert Customer.objects.get(pk=own.customer.pk).manager is not None


def test_changes_name_who_acted_on_the_record_and_nobody_else(
    own: Story, desk: Client, head: User, teller: User
) -> None:
    """Reach that was granted, contacts and prints are acts on the customer too, but change no field."""
    grant_reach(
        user=teller,
        customer_id=own.customer.pk,
        cause="lookup",
        until=LATER,
        since=LATER - timedelta(hours=1),
        by=teller,
    )
    Customer.objects.filter(pk=own.customer.pk).update(region="North", version=2)
    change_customer(customer=own.customer, by=head, occupation="Farmer")
    page = text(desk.get(f"/customers/{own.customer.pk}/?tab=changes"))
    assert (
        page.count("The bank's files") == 1
        and str(head) in page
        and str(teller) not in page.split("Changes of the master data")[1]
    )
