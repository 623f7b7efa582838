"""A manager reads why and prints a letter; a head reads who went where; an admin closes a feed: at a desk and on a phone."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Account, Customer, Feed
from tests.factories import FeeChargeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BANK = (("mass", None, 0), ("gold", "200000", 3), ("platinum", "500000", 0))
LINE = {"tier": "gold", "fee": "statement", "percent": "0.50", "cap_per_month": "25.00", "currency": "CNY"}


@pytest.fixture
def customer(manager: User) -> Customer:
    """Gold from February, below it since; of two fees one is waived in part; the feed of March was not closed."""
    policy(*BANK, lines=[LINE])
    balances = {date(2026, 1, 1): "250000", date(2026, 2, 1): "190000"}
    found = customer_with(balances, number="7", name="王芳", manager=manager, branch=manager.branch, language="zh-hans")
    account = Account.objects.get(holders__customer=found)
    for number, amount in (("F1", "60.00"), ("F2", "12.00")):
        FeeChargeFactory(account=account, number=number, charged_on=date(2026, 2, 9), amount=Decimal(amount))
    for day in ((1, 1), (1, 31), (2, 12), (2, 28)):
        nights(date(2026, *day), date(2026, *day))
    nights(date(2026, 3, 31), date(2026, 3, 31), closed=False)
    return found


def test_why_is_read_asked_for_a_day_and_printed(
    page: Page,
    manager: User,
    customer: Customer,
    browse_as: Callable[[User], None],
    axe: Callable[[], list[str]],
    fits: Callable[[str], None],
    policy_kept: list[str],
) -> None:
    browse_as(manager)
    page.goto(reverse("customer_decisions", args=[customer.pk]))
    expect(page.get_by_text("The cap of the month was used up.")).to_be_visible()
    assert axe() == []
    fits("decisions")

    page.get_by_role("link", name="Tiers", exact=True).last.click()
    expect(page.get_by_text("The cap of the month was used up.")).to_be_hidden()
    page.get_by_label("Day", exact=True).fill("2026-02-10")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Gold since 1 February 2026")).to_be_visible()

    page.get_by_role("link", name="Letter about this day").click()
    expect(page.locator("article.letter")).to_contain_text("2026年2月10日您的客户等级为Gold")
    assert axe() == []
    fits("letter")
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator("article.letter")).to_be_visible()
    assert policy_kept == []


def test_reports_fit_and_a_feed_is_closed(
    page: Page,
    admin: User,
    head: User,
    customer: Customer,
    browse_as: Callable[[User], None],
    axe: Callable[[], list[str]],
    fits: Callable[[str], None],
    policy_kept: list[str],
) -> None:
    browse_as(head)
    page.goto(reverse("tier_migration"))
    expect(page.get_by_text("1 customers at the opening, 0 new, 0 lost, 1 at the closing.")).to_be_visible()
    assert axe() == []
    fits("migration")
    page.goto(reverse("held_back"))
    page.get_by_role("link", name="31 Mar 2026").click()
    expect(page.get_by_text("would be on watch", exact=True)).to_be_visible()
    assert axe() == []
    fits("held")

    browse_as(admin)
    page.goto(reverse("feeds"))
    assert axe() == []
    fits("feeds")
    page.get_by_role("link", name="Close a feed").click()
    page.get_by_label("Complete through").fill("2026-03-31")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_text("The feed is closed.")).to_be_visible()
    assert Feed.objects.get(kind="balances").closed_through == date(2026, 3, 31)
    fits("feed")
    assert policy_kept == []
