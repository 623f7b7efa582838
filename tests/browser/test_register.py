"""A teller begins a new customer, leaves, goes on and registers; a manager has asked what is missing and hears it in a call."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer, RegistrationDraft
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_teller_begins_a_customer_leaves_and_goes_on(
    page: Page, browse_as: Callable, teller: User, good: Callable, policy_kept: list[str]
) -> None:
    browse_as(teller)
    page.goto("/customers/new/")
    page.get_by_label("Name").fill("单雄信")
    page.get_by_role("textbox", name="Phone", exact=True).press_sequentially("13900001111")
    expect(page.get_by_text("Kept as a draft")).to_be_visible()
    good("begun")
    page.get_by_label("Occupation").fill("Teacher")
    page.wait_for_timeout(2500)
    page.goto("/")

    page.goto("/customers/new/")
    page.get_by_text("1 form that you began").click()
    good("drafts")
    page.get_by_role("link", name="单雄信").click()
    expect(page.get_by_role("textbox", name="Phone", exact=True)).to_have_value("13900001111")
    expect(page.get_by_label("Occupation")).to_have_value("Teacher")
    page.get_by_role("checkbox", name="SMS").check()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_contain_text("Say which text the customer agreed to.")
    page.get_by_label("Wording").fill("2026-1")
    page.get_by_label("Came by").select_option("walk_in")
    page.get_by_role("button", name="Register").click()

    expect(page.get_by_role("heading", name="单雄信")).to_be_visible()
    expect(page.get_by_text("The record is complete to")).to_be_visible()
    new = Customer.objects.get(name="单雄信")
    assert (new.origin.how, new.consents.get().wording, RegistrationDraft.objects.count()) == ("walk_in", "2026-1", 0)
    page.goto("/customers/new/?kind=company")
    expect(page.get_by_label("Unified social credit code")).to_be_visible()
    good("company")
    assert [text for text in policy_kept if "422" not in text] == []


def test_what_is_missing_is_asked_for_and_answered_in_the_next_contact(
    page: Page, browse_as: Callable, own: Story, manager: User, good: Callable, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{own.customer.pk}/")
    page.get_by_role("button", name="Ask next time: Occupation").click()
    expect(page.get_by_role("button", name="Don't ask: Occupation")).to_be_visible()
    good("asked")
    page.goto(f"/customers/{own.customer.pk}/")
    expect(page.get_by_text("To be asked at the next contact")).to_be_visible()
    page.keyboard.press("l")
    page.get_by_role("dialog").get_by_label("Occupation").fill("Teacher")
    good("log")
    expect(page.get_by_role("dialog").get_by_label("Occupation")).to_have_value("Teacher")
    page.get_by_role("dialog").get_by_role("button", name="Log contact").click()
    expect(page.get_by_text("To be asked at the next contact")).not_to_be_visible()
    own.customer.refresh_from_db()
    assert own.customer.occupation == "Teacher"
    assert policy_kept == []
