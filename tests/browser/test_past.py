"""A manager asks what a customer was on a past day, and what all of it came to in another currency."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer
from tests.factories import AccountFactory, BalanceFactory, ExchangeRateFactory, InteractionFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BANK = (("mass", None, 0), ("gold", "200000", 3))


def test_a_manager_asks_about_a_past_day(
    page: Page, browse_as: Callable, manager: User, good: Callable, policy_kept: list[str]
) -> None:
    policy(*BANK)
    customer = customer_with({date(2026, 1, 1): "250000"}, number="7", manager=manager, branch=manager.branch)
    dollars = AccountFactory(holder=customer, currency="USD", opened_on=date(2026, 1, 10))
    BalanceFactory(account=dollars, on=date(2026, 1, 31), amount=Decimal("1000"))
    ExchangeRateFactory(currency="USD", on=date(2026, 1, 31), rate=Decimal("7.1"))
    Customer.objects.filter(pk=customer.pk).update(created_at=timezone.now() - timedelta(days=400), region="East")
    InteractionFactory(customer=customer, at=timezone.now() - timedelta(days=320), note="Asked about gold")
    nights(date(2026, 1, 31), date(2026, 2, 2))
    browse_as(manager)

    page.goto(f"/customers/{customer.pk}/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="As of a past day").click()
    page.get_by_label("As of").fill("2026-01-31")
    page.get_by_label("Total in").select_option("USD")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_text("1 CNY = 0.140845 USD")).to_be_visible()
    expect(page.get_by_text("36,211.27 USD")).to_be_visible()
    expect(page.get_by_text("Mass since 31 January 2026")).to_be_visible()
    expect(page.get_by_text("Asked about gold")).to_be_visible()
    good("past")
    page.get_by_label("As of").fill("2026-02-02")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Gold since 1 February 2026")).to_be_visible()
    page.goto(f"/customers/{customer.pk}/?tab=holdings")
    good("holdings-total")
    assert policy_kept == []
