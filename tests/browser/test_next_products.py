"""The next product of a customer: why it is offered, what the customer answers, and what became of all offers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import ConsentFactory, ProductOfferFactory, RiskAssessmentFactory, SuggestionFactory
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(own: Story) -> Story:
    RiskAssessmentFactory(customer=own.customer, assessed_on="2026-11-01")
    ConsentFactory(customer=own.customer)
    ProductOfferFactory(product=SuggestionFactory(customer=own.customer).product)
    return own


def test_a_manager_offers_a_product_and_records_the_answer(
    page: Page, browse_as: Callable, manager, asked: Story, good: Callable, policy_kept: list
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{asked.customer.pk}/")
    expect(page.get_by_text("May be offered by: Branch")).to_be_visible()
    good("customer")
    page.get_by_role("link", name="Why these products").click()
    expect(page.locator("#dialog").get_by_text("What similar customers hold")).to_be_visible()
    good("why")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Record answer").click()
    page.locator("#dialog").get_by_label("Refused").check()
    good("answer")
    page.locator("#dialog").get_by_role("button", name="Record").click()
    expect(page.locator("#dialog .invalid-feedback").get_by_text("A refusal has a reason.")).to_be_visible()
    page.locator("#dialog").get_by_label("Reason").select_option("no_need")
    page.locator("#dialog").get_by_role("button", name="Record").click()
    expect(page.get_by_text("Refused: No need")).to_be_visible()
    page.goto("/product-answers/")
    good("product-answers")
    assert [said for said in policy_kept if "422" not in said] == []


def test_consent_is_given_and_a_flag_is_raised_where_they_are_read(
    page: Page, browse_as: Callable, manager, asked: Story, good: Callable, policy_kept: list
) -> None:
    browse_as(manager)
    for form in ("assess", "consent", "flag"):
        page.goto(f"/customers/{asked.customer.pk}/{form}/")
        good(f"contacting-{form}")
    assert policy_kept == []


def test_an_admin_reads_the_offers_and_what_became_of_them(
    page: Page, browse_as: Callable, admin, asked: Story, good: Callable, policy_kept: list
) -> None:
    browse_as(admin)
    for address in ("product-offers", "next-products"):
        page.goto(f"/{address}/")
        good(address)
    assert policy_kept == []
