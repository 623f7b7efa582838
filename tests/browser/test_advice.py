"""A manager drafts an advice, is stopped by what does not suit, hands it over and records the answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from customers.models import Customer
from managers.models import Advice
from tests.factories import AdviceFactory, CustomerFactory, ProductFactory, RiskAssessmentFactory
from tests.managers.advice.test_doors import kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = timezone.localdate() + timedelta(days=180)


@pytest.fixture
def customer(manager) -> Customer:
    someone = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    RiskAssessmentFactory(customer=someone, assessed_on=timezone.localdate())
    return someone


def test_an_advice_from_its_draft_to_its_answer(
    page: Page, browse_as: Callable, good: Callable, in_chinese: Callable, customer: Customer, manager
) -> None:
    ProductFactory(code="wealth", name="稳健理财 Steady wealth", risk=2)
    ProductFactory(code="equity", name="股票基金 Equity fund", risk=5)
    kept(customer)
    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/?tab=advice")
    good("tab")
    page.get_by_role("link", name="Advice and return").click()
    good("of-customer")
    page.get_by_role("link", name="Draft an advice").click()
    page.get_by_label("What the customer wants to reach").fill("女儿五年后出国留学")
    page.get_by_label("Horizon in months").fill("60")
    page.locator("#id_amount").fill("500000")
    page.get_by_label("Review on").fill(LATER.isoformat())
    page.locator("#id_product_0").select_option(label="股票基金 Equity fund (R5)")
    page.locator("#id_percent_0").fill("60")
    page.locator("#id_reason_0").fill("稳健增值")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("risk R5 is above C3").last).to_be_visible()
    good("refused")
    page.locator("#id_product_0").select_option(label="稳健理财 Steady wealth (R2)")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    good("draft")
    page.get_by_role("link", name="Hand over", exact=True).click()
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_text("Version 1, handed over on")).to_be_visible()
    page.get_by_role("link", name="Record the answer").click()
    page.get_by_label("In the customer's words").fill("同意")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The answer is recorded.")).to_be_visible()
    good("answered")
    page.goto("/advice/")
    good("list")
    in_chinese()
    for name, address in pages_of(customer).items():
        page.goto(address)
        good(f"{name}-zh")


def pages_of(customer: Customer) -> dict[str, str]:
    own = f"/advice/{customer.advices.get().pk}/"  # type: ignore[attr-defined]  # a reverse name
    return {
        "list": "/advice/",
        "answered": own,
        "again": f"{own}draft/",
        "of-customer": f"/customers/{customer.pk}/advice/",
        "tab": f"/customers/{customer.pk}/?tab=advice",
    }


def test_a_draft_is_thrown_away_and_what_was_handed_over_is_printed(
    page: Page, browse_as: Callable, good: Callable, in_chinese: Callable, customer: Customer, manager
) -> None:
    given = AdviceFactory(customer=customer, handed=True)
    Advice.objects.filter(pk=given.pk).update(draft=AdviceFactory.build(customer=customer, begun_by=manager).draft)
    browse_as(manager)
    page.goto(f"/advice/{given.pk}/")
    assert page.get_by_role("link", name="Version 1").count() == 2
    good("draft-beside-a-version")
    page.get_by_role("link", name="Throw away").click()
    good("throw-away")
    page.get_by_role("button", name="Throw away").click()
    expect(page.get_by_text("The draft is gone.")).to_be_visible()
    expect(page.get_by_text("Version 1, handed over on")).to_be_visible()
    never = AdviceFactory(customer=customer)
    page.goto(f"/advice/{never.pk}/throw-away/")
    page.get_by_role("button", name="Throw away").click()
    expect(page.get_by_text("before anything was handed over")).to_be_visible()
    good("thrown-away")
    in_chinese()
    Advice.objects.filter(pk=given.pk).update(draft=AdviceFactory.build(customer=customer, begun_by=manager).draft)
    page.goto(f"/advice/{given.pk}/")
    good("draft-beside-a-version-zh")
