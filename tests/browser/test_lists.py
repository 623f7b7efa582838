"""A list by keyboard and mouse: filtered in place, its address always a link to what one sees."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _book(manager: User) -> None:
    for number in range(70):
        CustomerFactory(number=f"C{number:03}", manager=manager, branch=manager.branch, name=f"王{number:02}芳")
    CustomerFactory(number="C999", manager=manager, branch=manager.branch, zhang_wei=True, status="dormant")


@pytest.mark.usefixtures("_book")
def test_a_list_is_filtered_sorted_and_paged_without_leaving_it(
    page: Page,
    manager: User,
    browse_as: Callable[[User], None],
    axe: Callable[[], list[str]],
    fits: Callable[[str], None],
    policy_kept: list[str],
) -> None:
    browse_as(manager)
    page.goto("/customers/")
    expect(page.locator("table.rows tbody tr")).to_have_count(50)
    assert axe() == []
    fits("customers")

    page.get_by_role("link", name="Next").click()
    expect(page.locator("table.rows tbody tr")).to_have_count(21)
    page.get_by_role("columnheader", name="Number").get_by_role("link").click()
    expect(page.locator("table.rows tbody tr").first).to_contain_text("C000")
    expect(page).to_have_url(re.compile(r"ordering=number$"))

    page.locator(".filter-menu summary").click()
    fits("customers-filters")
    page.get_by_label("Status").first.select_option("dormant")
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    expect(page.locator(".chip")).to_contain_text("Dormant")
    expect(page).to_have_url(re.compile("status=dormant"))
    page.keyboard.press("Escape")
    assert axe() == []

    page.reload()
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator("table.rows tbody tr")).to_have_count(50)
    page.go_back()
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    assert policy_kept == []


@pytest.mark.usefixtures("_book")
def test_rows_are_walked_and_opened_by_keyboard(page: Page, manager: User, browse_as: Callable[[User], None]) -> None:
    browse_as(manager)
    page.goto("/customers/?status=dormant")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="张伟")).to_be_visible()


@pytest.mark.usefixtures("_book")
def test_the_box_finds_while_one_types(
    page: Page,
    manager: User,
    browse_as: Callable[[User], None],
    axe: Callable[[], list[str]],
    fits: Callable[[str], None],
    policy_kept: list[str],
) -> None:
    browse_as(manager)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("zw")
    expect(page.locator("#search-hits a.hit")).to_have_count(1)
    assert axe() == []
    fits("search-hits")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="张伟")).to_be_visible()
    assert policy_kept == []
