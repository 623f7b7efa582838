"""A rule is built by mouse, by keyboard and by thumb, and counted as it is typed."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, Route, expect

from crm.identity.models import Branch, User
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BANK = (("mass", None, 0), ("gold", "200000", 3), ("platinum", "500000", 3))


@pytest.fixture
def bank(east: Branch, manager: User) -> None:
    """Twelve customers with 50,000 to 600,000."""
    policy(*BANK)
    for n in range(1, 13):
        customer_with({date(2026, 1, 1): str(50_000 * n)}, number=f"N{n}", branch=east, manager=manager)
    nights(date(2026, 1, 31), date(2026, 1, 31))
    nights(date(2026, 2, 1), date(2026, 2, 1))


def settled(page: Page, act: Callable[[], object]) -> None:
    """Does something that redraws the tree, and waits for it."""
    with page.expect_response("**/rules/part/**"):
        act()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def test_a_rule_is_built_and_counted_as_it_is_typed(
    page: Page, bank: None, admin: User, browse_as: Callable, axe: Callable, fits: Callable, policy_kept: list[str]
) -> None:
    browse_as(admin)
    page.goto("/rules/")
    expect(page.get_by_text("1 place is still to be put right")).to_be_visible()
    fits("rules-new")

    page.locator("#when-0-value").fill("200000")
    expect(page.get_by_text("of 12 customers")).to_contain_text("75")
    expect(page.locator("dd[lang=en]")).to_have_text("Month average is at least 200,000.00 CNY")
    expect(page.locator("dd[lang=zh-Hans]")).to_contain_text("200,000.00 CNY")
    expect(page.locator(".rule-sample tbody tr")).to_have_count(9)

    settled(page, page.get_by_role("button", name="Group").click)
    settled(page, lambda: page.locator("#when-1-0-field").select_option("accounts_held"))
    page.locator("#when-1-0-value").fill("1")
    settled(page, page.locator("button[value='add:when-1']").click)
    settled(page, lambda: page.locator("#when-1-1-field").select_option("kind"))
    settled(page, lambda: page.locator("#when-1-1-op").select_option("in"))
    page.locator("#when-1-1-value-company").check()
    expect(page.locator("dd[lang=en]")).to_contain_text("customer kind is one of Company")
    page.locator("#when-0-count").click()
    expect(page.locator("#when-0-count .figure")).to_have_text("9")
    assert axe() == []
    fits("rules-built")

    settled(page, lambda: page.locator("#when-0-field").select_option("age"))
    expect(page.locator("#when-0-wrong")).to_contain_text("age must never set a price")
    fits("rules-refused")
    assert axe() == []
    assert policy_kept == []


def test_what_is_typed_while_an_answer_is_on_its_way_stays(
    page: Page, bank: None, admin: User, browse_as: Callable
) -> None:
    """The line is slow: the comparison is chosen, and the figure typed before the tree comes back."""
    browse_as(admin)
    page.goto("/rules/")
    expect(page.get_by_text("1 place is still to be put right")).to_be_visible()
    held: list[Route] = []
    page.route("**/rules/part/**", lambda route: held.append(route))
    page.locator("#when-0-op").select_option("<")
    page.locator("#when-0-value").press_sequentially("200000")
    page.wait_for_function("document.activeElement.value === '200000'")
    for route in held:
        route.continue_()
    page.unroute("**/rules/part/**")
    expect(page.locator("dd[lang=en]")).to_have_text("Month average is less than 200,000.00 CNY")
    expect(page.locator("#when-0-value")).to_be_focused()
    expect(page.locator("#when-0-value")).to_have_value("200000")
