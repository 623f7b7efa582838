"""A scheme and a waiver policy are written in the browser, kept as they are typed, and read in words."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import Branch, User
from segmentation.models import PolicyDraft
from tests.factories import FeeChargeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BANK = (("mass", None, 0), ("affluent", "50000", 3), ("gold", "200000", 3), ("platinum", "500000", 3))
LINES = [
    {"tier": "gold", "fee": "statement", "percent": "0.50", "cap_per_fee": "20.00", "currency": "CNY"},
    {"tier": "platinum", "fee": "statement", "percent": "0.50",
     "when": {"field": "payroll_month", "op": ">", "value": "0"}},
]  # fmt: skip


@pytest.fixture
def bank(east: Branch, manager: User) -> None:
    policy(*BANK, lines=LINES)
    for n in range(1, 9):
        customer_with({date(2026, 1, 1): str(80_000 * n)}, number=f"N{n}", branch=east, manager=manager)
    FeeChargeFactory()
    nights(date(2026, 1, 31), date(2026, 1, 31))
    nights(date(2026, 2, 1), date(2026, 2, 1))


def settled(page: Page, act: Callable[[], object], where: str) -> None:
    with page.expect_response(where):
        act()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def test_a_scheme_is_written_kept_and_read(
    page: Page, bank: None, admin: User, browse_as: Callable, axe: Callable, fits: Callable, policy_kept: list[str]
) -> None:
    browse_as(admin)
    page.goto("/drafts/")
    expect(page.get_by_text("No drafts yet")).to_be_visible()
    page.get_by_role("link", name="Begin a draft").first.click()
    expect(page.get_by_label("Tiers: Person, from version 1")).to_be_visible()
    fits("draft-begin")
    page.get_by_label("Tiers: Person, from version 1").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Nothing is wrong")).to_be_visible()
    expect(page.locator("#tier-3-when-said").get_by_text("of 8 customers")).to_be_visible()
    assert axe() == []
    fits("draft-edit")

    settled(page, page.get_by_role("button", name="Add a tier above").click, "**/edit/")
    page.locator("#tier-4-code").fill("diamond")
    page.locator("#tier-4-name").fill("Diamond")
    page.locator("#tier-4-when-0-value").fill("100000")
    settled(page, page.get_by_role("button", name="Save", exact=True).click, "**/edit/")
    expect(page.locator("#tier-4-when-0-wrong")).to_have_count(1)
    page.get_by_text("thing to put right").click()
    fits("draft-wrong")
    assert axe() == []

    settled(page, lambda: page.locator("#tier-4-when-0-value").fill("1000000"), "**/rules/part/**")
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_text("ready to propose")).to_be_visible()
    expect(page.get_by_text("Month average is at least 1,000,000.00 CNY")).to_be_visible()
    fits("draft-read")
    assert axe() == []
    assert policy_kept == []
    assert PolicyDraft.objects.get().content["tiers"][-1]["code"] == "diamond"


def test_a_waiver_policy_is_a_grid(
    page: Page, bank: None, admin: User, browse_as: Callable, axe: Callable, fits: Callable, policy_kept: list[str]
) -> None:
    browse_as(admin)
    page.goto("/drafts/new/")
    page.get_by_label("Waiver policy, from version 1").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Nothing is wrong")).to_be_visible()
    fits("waivers-edit")
    assert axe() == []

    settled(page, page.get_by_role("button", name="Add a line").click, "**/edit/")
    page.locator("#line-2-fee").select_option(index=1)
    page.locator("#line-2-percent").fill("80")
    settled(page, page.get_by_role("button", name="Save", exact=True).click, "**/edit/")
    expect(page.locator("#line-2-percent-help")).to_contain_text("ceiling")
    fits("waivers-wrong")
    page.goto("/drafts/")
    fits("drafts")
    assert axe() == []
    assert policy_kept == []
