"""A preference is noted and shows where somebody is about to speak with the customer; an outflow leads to a task."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def customer(manager: User) -> Customer:
    return CustomerFactory(name="王芳", manager=manager, branch=manager.branch)


def test_a_preference_is_noted_and_shows_in_the_quick_log(
    page: Page, browse_as: Callable, good: Callable, customer: Customer, manager: User, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/?tab=preferences")
    good("nothing")
    page.get_by_role("link", name="Note: Form of address").click()
    page.get_by_label("What is known").fill("王老师")
    good("note")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Form of address")).to_contain_text("王老师")
    page.get_by_role("link", name="Note: Preferred time").click()
    page.get_by_label("What is known").select_option("evening")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Preferred time")).to_contain_text("Evening")

    page.get_by_role("link", name="Note a life event").click()
    page.get_by_label("When").fill("soon")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write a day, a month or a year").last).to_be_visible()
    page.get_by_label("When").fill("2025-09")
    page.get_by_label("What", exact=True).select_option("school")
    page.get_by_label("About whom").fill("the daughter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Starts school")).to_contain_text("2025-09")
    good("known")

    page.keyboard.press("l")
    log = page.get_by_role("dialog")
    expect(log).to_contain_text("王老师")
    expect(log).to_contain_text("Evening")
    good("log")
    page.goto(f"/customers/{customer.pk}/")
    expect(page.get_by_text("王老师").first).to_be_visible()
    good("overview")
    assert [said for said in policy_kept if "422" not in said] == []
