"""A manager asks that a fee be waived, an approver grants it, the customer's page says why, and a reversal undoes it."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer, FeeCharge
from segmentation.models import WaiverEntry
from tests.factories import FeeChargeFactory, FeeTypeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = date(2026, 1, 5)
WHY = "A long wait at the counter"


@pytest.fixture
def customer(manager) -> Customer:
    """30.00 of a fee was charged, of which the policy waives nothing."""
    policy(("mass", None, 0), lines=[])
    payer = customer_with({FIRST: "100"}, name="张伟", branch=manager.branch, manager=manager)
    fee = FeeTypeFactory(code="statement", name="Statement fee")
    FeeChargeFactory(account=payer.holdings.get().account, fee=fee, amount="30.00", charged_on=FIRST)
    nights(FIRST, FIRST)
    return payer


def waive(page: Page, customer: Customer, good: Callable) -> None:
    """First more than the fee: said beside the field, and what was typed is kept."""
    page.goto(f"/customers/{customer.pk}/?tab=waivers")
    page.get_by_role("link", name="Waive by hand").click()
    page.get_by_label("Amount").fill("31")
    page.get_by_label("Reason").fill(WHY)
    page.get_by_role("button", name="Propose").click()
    expect(page.locator("#id_amount")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Reason")).to_have_value(WHY)
    page.get_by_label("Amount").fill("12.50")
    good("form")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("It waits for somebody else's decision.")).to_be_visible()


def approve(page: Page, good: Callable, said: str) -> None:
    page.goto("/proposals/")
    page.get_by_role("link", name=said).first.click()
    good("proposal")
    page.get_by_role("button", name="Approve").first.click()


def test_a_waiver_by_hand_from_the_wish_to_its_reversal(
    page: Page, browse_as: Callable, good: Callable, policy_kept: list, customer: Customer, manager, approver
) -> None:
    browse_as(manager)
    waive(page, customer, good)
    browse_as(approver)
    approve(page, good, "Waive by hand")
    assert FeeCharge.objects.get().waived == 12.5

    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/?tab=waivers")
    expect(page.get_by_text("12.50").first).to_be_visible()
    expect(page.get_by_text(WHY)).to_be_visible()
    good("waived")
    page.get_by_role("link", name="Take back").click()
    page.get_by_label("Reason").fill("Waived for the wrong customer")
    good("reverse")
    page.get_by_role("button", name="Propose").click()

    browse_as(approver)
    approve(page, good, "Take a waiver back")
    assert FeeCharge.objects.get().waived == 0
    assert [entry.waived for entry in WaiverEntry.objects.order_by("number")] == [12.5, -12.5]
    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/?tab=waivers")
    expect(page.get_by_text("Waived for the wrong customer")).to_be_visible()
    good("reversed")
    assert [said for said in policy_kept if "422" not in said] == []
