"""A manager asks for an override, an approver says yes, the night obeys, and the customer's page says why."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = date(2026, 1, 5)


@pytest.fixture
def customer(manager) -> Customer:
    policy(("mass", None, 0), ("gold", "200000", 3))
    someone = customer_with({date(2026, 1, 1): "100"}, name="张伟", branch=manager.branch, manager=manager)
    nights(FIRST, FIRST)
    return someone


def propose(page: Page, customer: Customer, axe: Callable, fits: Callable) -> None:
    """First with an end before the start: the form says so beside the field, and keeps what was typed."""
    page.goto(f"/customers/{customer.pk}/why/")
    page.get_by_role("link", name="Override the tier").click()
    page.locator("#id_tier").select_option(label="Gold")
    page.get_by_label("Until").fill("2025-01-31")
    page.get_by_label("Reason").fill("Family of a private customer")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("An override must end after it starts.", exact=True)).to_be_visible()
    expect(page.locator("#id_last")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Until").fill("2026-06-30")
    assert axe() == []
    fits("override-form")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("It waits for somebody else's decision.")).to_be_visible()


def approve(page: Page, fits: Callable) -> None:
    page.goto("/proposals/")
    page.get_by_role("link", name="Gold for").first.click()
    expect(page.get_by_text("张伟 is given Gold at least, whatever the figures earn.")).to_be_visible()
    fits("override-proposal")
    page.get_by_role("button", name="Approve").first.click()


def test_an_override_goes_from_the_form_to_the_reason(
    page: Page,
    browse_as: Callable,
    axe: Callable,
    fits: Callable,
    policy_kept: list,
    customer: Customer,
    manager,
    approver,
) -> None:
    browse_as(manager)
    propose(page, customer, axe, fits)
    browse_as(approver)
    approve(page, fits)
    nights(FIRST + timedelta(days=1), FIRST + timedelta(days=2))

    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/why/")
    expect(
        page.get_by_text("At least Gold by an override until 30 June 2026: Family of a private customer")
    ).to_be_visible()
    assert axe() == []
    fits("override-why")
    page.goto("/overrides/")
    expect(page.get_by_role("cell", name="30 Jun 2026")).to_be_visible()
    assert axe() == []
    fits("overrides")
    page.goto(f"/customers/{customer.pk}/why/")
    page.get_by_role("link", name="End the override").click()
    expect(page.get_by_role("heading", name="End the override")).to_be_visible()
    fits("override-end")
    assert [line for line in policy_kept if "422" not in line] == []
