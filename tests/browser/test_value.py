"""What a customer is worth: from the assumptions in a draft to the line of a customer and the report."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer
from tests.factories import CustomerFactory, FeeChargeFactory
from tests.segmentation.night.bank import JANUARY
from tests.segmentation.value.bank import account, close, use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[str], None]


@pytest.fixture
def customer(manager) -> Customer:
    """A million of savings at a margin of 0.9 %, and a fee of 30.00."""
    use()
    someone = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    saving = account(someone, "saving", {JANUARY: "1000000"})
    FeeChargeFactory(account=saving, charged_on=JANUARY, amount=Decimal(30))
    close(JANUARY)
    return someone


def test_a_manager_reads_what_a_customer_is_worth_down_to_the_account(
    page: Page, browse_as: Callable, manager, auditor, customer: Customer, good: Check, policy_kept: list
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/?tab=value")
    expect(page.get_by_text("794.38").first).to_be_visible()
    good("customer")
    page.get_by_role("link", name="Fees").first.click()
    expect(page.get_by_role("heading", name="Fees: 30.00 CNY")).to_be_visible()
    good("line")
    page.get_by_role("link", name="Deposit margin").click()
    expect(page.get_by_text("764.38").first).to_be_visible()
    browse_as(auditor)
    page.goto("/value/")
    good("report")
    assert policy_kept == []


def test_an_admin_mends_a_hole_in_the_rates_beside_its_row(
    page: Page, browse_as: Callable, admin, customer: Customer, good: Check, policy_kept: list
) -> None:
    browse_as(admin)
    page.goto("/value/assumptions/")
    expect(page.get_by_text("in force")).to_be_visible()
    good("assumptions")
    page.goto("/drafts/new/")
    page.get_by_label("Value").check()
    page.get_by_role("button", name="Begin").click()
    page.locator("[name=rates-0-until]").fill("2026-02-01")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("There is a hole: nothing holds from 2026-02-01 on.").last).to_be_visible()
    expect(page.locator("[name=losses-0-family] option", has_text="Loan")).to_have_count(1)
    good("edit")
    page.locator("[name=rates-0-until]").fill("")
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_text("ready to propose")).to_be_visible()
    good("draft")
    assert [said for said in policy_kept if "422" not in said] == []
