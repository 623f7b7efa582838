"""Two browsers on one customer: the second sees the change, and gets the merge page where it saves over it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def customer(manager: User) -> Customer:
    return CustomerFactory(name="张伟", manager=manager, branch=manager.branch, occupation="Farmer", region="East")


def change(page: Page, customer: Customer, **typed: str) -> None:
    page.goto(f"/customers/{customer.pk}/change/")
    for field, text in typed.items():
        page.locator(f"[name={field}]").fill(text)


def test_the_second_of_two_browsers_sees_the_change_and_merges_a_stale_save(
    page: Page, browse_as: Callable, customer: Customer, manager: User, good: Callable, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.clock.install()
    watching = page.context.new_page()
    watching.goto(f"/customers/{customer.pk}/")
    change(page, customer, occupation="Teacher", education="Master")

    first = page.context.new_page()
    change(first, customer, occupation="Miller", region="North")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_role("heading", name="张伟")).to_be_visible()

    expect(watching.get_by_text("changed this customer")).to_have_count(0)
    page.clock.fast_forward(20_000)
    for other, said in ((watching, "Load what is there now"), (page, "Nothing that you typed is lost")):
        expect(other.get_by_role("status").get_by_text("changed this customer")).to_be_visible()
        expect(other.get_by_text(said)).to_be_visible()
    good("form-moved")

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Somebody else changed this customer")).to_be_visible()
    occupation = page.get_by_role("group", name="Occupation")
    expect(page.get_by_role("group", name="Region").get_by_label("North")).to_be_checked()
    expect(page.get_by_role("group", name="Education").get_by_label("Master")).to_be_checked()
    expect(occupation.get_by_role("radio", checked=True)).to_have_count(0)
    good("merge")
    occupation.get_by_label("Teacher").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="张伟")).to_be_visible()
    after = Customer.objects.get(pk=customer.pk)
    assert (after.occupation, after.region, after.education) == ("Teacher", "North", "Master")

    page.goto(f"/customers/{customer.pk}/?tab=changes")
    expect(page.get_by_role("row").filter(has_text="Miller").filter(has_text="Teacher")).to_contain_text("Page")
    good("changes")
    watching.get_by_role("link", name="Load what is there now").click()
    expect(watching.get_by_text("North")).to_be_visible()
    assert [said for said in policy_kept if "409 (Conflict)" not in said] == []
