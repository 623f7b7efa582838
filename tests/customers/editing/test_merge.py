"""Who was overtaken sees both versions and chooses; what only one of the two touched is chosen already."""

import pytest
from django.test import Client

from crm.identity.models import User
from customers.models import Contact, Customer
from customers.services import change_contact, change_customer
from tests.people import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def overtaken(own: Story, head: User) -> Customer:
    """Read with version 1; then the head wrote region and occupation."""
    return change_customer(customer=own.customer, by=head, region="North", occupation="Farmer")


def record(customer: Customer, **typed: object) -> dict[str, object]:
    """The form as it was read before the head wrote, with what was typed."""
    return {"name": customer.name, "kind": "person", "region": "", "occupation": "", "version": 1} | typed


def asked(answer) -> dict[str, tuple[str | None, str, str, str]]:
    return {clash.name: (clash.read, clash.now, clash.typed, keep) for clash, keep in answer.context["clashes"]}


def test_a_field_of_both_is_asked_and_one_of_only_one_of_them_is_chosen_already(
    overtaken: Customer, desk: Client, queries
) -> None:
    before = Customer.objects.get(pk=overtaken.pk)
    form = record(overtaken, occupation="Teacher", education="Master")
    with queries("customer:merge"):
        answer = desk.post(f"/customers/{overtaken.pk}/change/", form)
    assert answer.status_code == 409
    assert asked(answer) == {
        "region": ("", "North", "", "now"),
        "occupation": ("", "Farmer", "Teacher", ""),
        "education": ("", "", "Master", "typed"),
    }
    after = Customer.objects.get(pk=overtaken.pk)
    assert (after.version, after.occupation) == (before.version, "Farmer")


def test_the_page_says_who_changed_what(overtaken: Customer, desk: Client, head: User) -> None:
    page = desk.post(f"/customers/{overtaken.pk}/change/", record(overtaken, occupation="Teacher")).content.decode()
    assert f"{head} changed this customer" in page
    assert "occupation, region" in page


@pytest.mark.parametrize(("choice", "kept"), [("now", "Farmer"), ("typed", "Teacher")])
def test_what_was_chosen_is_saved_beside_what_the_other_wrote(
    overtaken: Customer, desk: Client, choice: str, kept: str
) -> None:
    form = record(overtaken, occupation="Teacher", education="Master", version=2, read=1)
    chosen = {"asked": ["region", "occupation", "education"], "keep_region": "now", "keep_education": "typed"}
    answer = desk.post(f"/customers/{overtaken.pk}/change/", form | chosen | {"keep_occupation": choice})
    assert answer.status_code == 302
    after = Customer.objects.get(pk=overtaken.pk)
    assert (after.region, after.occupation, after.education) == ("North", kept, "Master")


def test_a_field_that_nobody_chose_is_asked_again_and_nothing_is_saved(overtaken: Customer, desk: Client) -> None:
    form = record(overtaken, occupation="Teacher", version=2, read=1)
    answer = desk.post(
        f"/customers/{overtaken.pk}/change/", form | {"asked": ["region", "occupation"], "keep_region": "now"}
    )
    assert answer.status_code == 409
    assert "Occupation: Choose whose value stays." in answer.content.decode()
    assert asked(answer)["region"][3] == "now"
    assert Customer.objects.get(pk=overtaken.pk).version == 2


def test_overtaken_a_second_time_one_is_asked_again_from_what_was_read_first(
    overtaken: Customer, desk: Client, head: User
) -> None:
    change_customer(customer=overtaken, by=head, occupation="Miller")
    form = record(overtaken, occupation="Teacher", version=2, read=1)
    chosen = {"asked": ["region", "occupation"], "keep_region": "now", "keep_occupation": "typed"}
    answer = desk.post(f"/customers/{overtaken.pk}/change/", form | chosen)
    assert asked(answer)["occupation"] == ("", "Miller", "Teacher", "typed")
    assert answer.context["customer"].version == 3


def test_who_typed_the_same_is_told_that_it_is_there(overtaken: Customer, desk: Client) -> None:
    form = record(overtaken, region="North", occupation="Farmer")
    answer = desk.post(f"/customers/{overtaken.pk}/change/", form, follow=True)
    assert "Somebody had saved the same already." in answer.content.decode()
    assert Customer.objects.get(pk=overtaken.pk).version == 2


def test_without_the_copy_that_was_read_every_field_is_asked(overtaken: Customer, desk: Client) -> None:
    form = record(overtaken, occupation="Teacher", version=0)
    answer = desk.post(f"/customers/{overtaken.pk}/change/", form)
    assert asked(answer) == {"region": (None, "North", "", ""), "occupation": (None, "Farmer", "Teacher", "")}


def test_contact_data_are_asked_masked_and_only_the_kind_that_both_wrote(own: Story, desk: Client, head: User) -> None:
    change_contact(customer=own.customer, by=head, phone="13900001111")
    address = f"/customers/{own.customer.pk}/contact/"
    answer = desk.post(address, {"phone": "13700002222", "email": "new@example.com", "version": 1})
    assert asked(answer) == {
        "phone": (None, "139****1111", "137****2222", ""),
        "email": (None, "z****@example.com", "n****@example.com", "typed"),
    }
    assert "13900001111" not in answer.content.decode()
    form = {"phone": "13700002222", "email": "new@example.com", "version": 2, "read": 1, "asked": ["phone", "email"]}
    desk.post(address, form | {"keep_phone": "now", "keep_email": "typed"})
    contact = Contact.objects.get(customer=own.customer)
    assert (contact.phone, contact.email) == ("+8613900001111", "new@example.com")


def test_what_is_no_phone_number_is_said_beside_it_before_anything_is_asked(
    own: Story, desk: Client, head: User
) -> None:
    change_contact(customer=own.customer, by=head, phone="13900001111")
    answer = desk.post(f"/customers/{own.customer.pk}/contact/", {"phone": "none", "version": 1})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"phone"}


def test_contact_data_that_a_file_may_have_written_are_asked(own: Story, desk: Client) -> None:
    """A file leaves no act, so nobody knows which kinds it wrote."""
    Customer.objects.filter(pk=own.customer.pk).update(version=2)
    answer = desk.post(f"/customers/{own.customer.pk}/contact/", {"phone": "13700002222", "version": 1})
    assert asked(answer)["phone"][3] == ""


@pytest.mark.parametrize(
    "form",
    [
        {"phone": "none", "asked": "phone", "keep_phone": "typed", "version": 1},
        {"phone": "none", "asked": "phone", "version": 1},
        {"phone": "1" * 41, "asked": "phone", "version": 1},
        {"phone": "13700002222", "asked": ["phone", "nothing"], "keep_phone": "other", "version": 1, "read": "x"},
    ],
)
def test_a_crafted_form_is_refused_and_changes_nothing(own: Story, desk: Client, form: dict) -> None:
    assert desk.post(f"/customers/{own.customer.pk}/contact/", form).status_code in (409, 422)
    assert Customer.objects.get(pk=own.customer.pk).version == 1


def test_a_form_without_its_version_says_so(own: Story, desk: Client) -> None:
    answer = desk.post(f"/customers/{own.customer.pk}/status/", {"status": "dormant", "on": "2026-03-01"})
    assert answer.status_code == 422
    assert "Version: This field is required." in answer.content.decode()
