"""Why is one click away, and the pages of tiers and waivers are for keyboards, readers and phones."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Account, Customer
from tests.factories import FeeChargeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BANK = (("mass", None, 0), ("gold", "200000", 3), ("platinum", "500000", 3))
LINE = {"tier": "gold", "fee": "statement", "percent": "0.50", "cap_per_fee": "20.00", "currency": "CNY"}


@pytest.fixture
def gold(manager: User) -> Customer:
    """On watch since the end of February, with a waived fee."""
    policy(*BANK, lines=[LINE])
    balances = {date(2026, 1, 1): "250000", date(2026, 2, 1): "190000", date(2026, 3, 1): "462000"}
    customer = customer_with(balances, number="7", name="王芳", manager=manager, branch=manager.branch)
    account = Account.objects.get(holders__customer=customer)
    FeeChargeFactory(account=account, charged_on=date(2026, 3, 9), amount=Decimal("30.05"))
    for day in ((1, 1), (1, 31), (2, 28), (3, 10)):
        nights(date(2026, *day), date(2026, *day))
    return customer


def test_why_opens_beside_the_tier_and_closes_again(
    page: Page, gold: Customer, manager: User, browse_as: Callable, axe: Callable, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{gold.pk}/")
    expect(page.get_by_text("38,000.00 CNY more month average reaches Platinum on 1 April.")).to_be_visible()

    page.locator(".standing").get_by_role("link", name="why?").click()

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Gold since 1 February 2026")).to_be_visible()
    expect(dialog.get_by_text("310,000.00 CNY missing")).to_be_visible()
    assert axe() == []
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).not_to_be_visible()
    assert policy_kept == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/customers/{pk}/why/", "Gold since 1 February 2026"),
        ("/customers/{pk}/decisions/", "28 Feb 2026"),
        ("/customers/{pk}/?tab=waivers", "Waived in all"),
        ("/tiers/", "Month average is at least 200,000.00 CNY"),
        ("/waiver-policies/", "at most 20.00 CNY a fee"),
        ("/waivers/", "1 entry"),
    ],
)
def test_the_pages_of_tiers_and_waivers_are_for_everybody(
    page: Page, gold: Customer, manager: User, browse_as: Callable, axe: Callable, fits: Callable,
    policy_kept: list[str], address: str, words: str,
) -> None:  # fmt: skip
    browse_as(manager)
    page.goto(address.format(pk=gold.pk))

    expect(page.get_by_text(words).first).to_be_visible()
    assert axe() == []
    fits(address.strip("/").replace("/", "-").format(pk="one"))
    assert policy_kept == []
