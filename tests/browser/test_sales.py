"""A manager opens an opportunity on the customer's page, moves it, loses it with a reason and opens it again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from customers.models import Customer
from tests.factories import CustomerFactory, OpportunityFactory, ProductFactory, RiskAssessmentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = timezone.localdate() + timedelta(days=60)


@pytest.fixture
def customer(manager) -> Customer:
    someone = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    RiskAssessmentFactory(customer=someone, assessed_on=timezone.localdate())
    return someone


def test_an_opportunity_from_its_opening_to_its_end(
    page: Page, browse_as: Callable, good: Callable, customer: Customer, manager
) -> None:
    ProductFactory(code="wealth", name="稳健理财 Steady wealth", risk=2)
    ProductFactory(code="equity", name="股票基金 Equity fund", risk=5)
    browse_as(manager)
    page.goto("/pipeline/")
    expect(page.get_by_text("No open opportunity")).to_be_visible()
    good("empty")
    page.goto(f"/customers/{customer.pk}/?tab=pipeline")
    good("tab")
    page.get_by_role("link", name="New opportunity").click()
    page.get_by_label("Product").select_option(label="股票基金 Equity fund")
    page.get_by_label("Amount").fill("500000")
    page.get_by_label("Expected close").fill(LATER.isoformat())
    page.get_by_label("Next step", exact=True).fill("Send the terms")
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("risk R5 is above C3").last).to_be_visible()
    good("refused")
    page.get_by_label("Product").select_option(label="稳健理财 Steady wealth")
    page.get_by_role("button", name="Open it").click()

    expect(page.get_by_text("The opportunity is open.")).to_be_visible()
    good("opened")


def test_it_moves_is_lost_and_opened_again(
    page: Page, browse_as: Callable, good: Callable, customer: Customer, manager
) -> None:
    sale = OpportunityFactory(customer=customer, close_on=LATER)
    browse_as(manager)
    page.goto(f"/pipeline/{sale.pk}/")
    page.get_by_role("link", name="Move").click()
    page.get_by_label("Stage").select_option("proposed")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("New → Proposed")).to_be_visible()
    page.get_by_role("link", name="Lost").click()
    page.get_by_label("Reason of the loss").select_option("rival")
    good("lose")
    page.get_by_role("button", name="It is lost").click()
    expect(page.get_by_text("Another bank was chosen").first).to_be_visible()
    page.get_by_role("link", name="Open again").click()
    page.get_by_label("Why it is open again").fill("They called back")
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_text("They called back")).to_be_visible()
    good("again")


def test_what_is_overdue_is_seen_in_the_list_and_on_the_customers_page(
    page: Page, browse_as: Callable, good: Callable, customer: Customer, manager
) -> None:
    browse_as(manager)
    OpportunityFactory(customer=customer, close_on=timezone.localdate() - timedelta(days=3))
    page.goto("/pipeline/")
    expect(page.get_by_text("overdue", exact=True)).to_be_visible()
    good("list")
    page.goto(f"/customers/{customer.pk}/")
    expect(page.get_by_text("overdue").first).to_be_visible()
    good("customer")
