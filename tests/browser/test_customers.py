"""The main work of a day, by keyboard: find a customer, read the page, log a contact."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import BalanceMonth, Interaction
from tests.factories import AccountFactory, CustomerFactory, InteractionFactory
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


@pytest.fixture
def book(own: Story, manager: User, east) -> Story:
    """A book with a Chinese name among others; a year and a quarter of balances in two currencies."""
    for number, name in enumerate(["李娜", "Ján Novák", "上海华美贸易有限公司", "欧阳修", "Maria da Silva e Sousa"]):
        CustomerFactory(name=name, number=f"30{number}", manager=manager, branch=east)
    dollars = AccountFactory(number="6222020200112233", currency="USD", holder=own.customer)
    for at in range(15):
        month = date(2025 + at // 12, at % 12 + 1, 1)
        for account, size in (own.account, 40_000), (dollars, 900):
            amount = Decimal(size + at * size // 20)
            BalanceMonth.objects.create(
                account=account, month=month, opening=amount, closing=amount,
                day_sum=amount * 28, last_on=month.replace(day=28),
            )  # fmt: skip
    InteractionFactory(customer=own.customer, by=manager, next_on=date(2999, 1, 4), note="Wants a term deposit")
    return own


def test_a_chinese_name_is_found_by_its_initials(
    page: Page, book: Story, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto("/customers/")
    expect(page.get_by_role("status").first).to_contain_text("6 rows")
    assert axe() == []
    fits("customers")

    page.get_by_role("searchbox", name="Name, pinyin, initials, number").last.fill("zw")
    expect(page.get_by_role("status").first).to_contain_text("1 row")
    assert axe() == []
    fits("customers-found")
    page.get_by_role("link", name="张伟").click()
    expect(page.get_by_role("heading", name="张伟")).to_be_visible()
    assert policy_kept == []


def test_the_box_of_the_frame_finds_by_initials_and_opens_with_enter(
    page: Page, book: Story, manager: User, browse_as: BrowseAs
) -> None:
    browse_as(manager)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("zw")
    expect(page.locator("a.hit")).to_contain_text("张伟")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="张伟")).to_be_visible()


@pytest.mark.parametrize("tab", ["overview", "holdings", "waivers", "changes"])
def test_the_page_of_a_customer_fits_and_can_be_used_by_everybody(
    page: Page, book: Story, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str], tab: str
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.customer.pk}/?tab={tab}")
    if tab == "overview":
        expect(page.locator(".timeline-item").first).to_be_visible()
        expect(page.locator("[data-chart] canvas").first).to_be_visible()
    assert axe() == []
    fits(f"customer-{tab}")
    page.set_viewport_size({"width": 390, "height": 844})
    assert axe() == []
    assert policy_kept == []


def test_transactions_fit(
    page: Page, book: Story, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.customer.pk}/transactions/")
    assert axe() == []
    fits("customer-transactions")
    assert policy_kept == []


def test_a_contact_is_logged_by_keyboard_alone(
    page: Page, book: Story, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.customer.pk}/")
    page.keyboard.press("l")
    expect(page.get_by_label("Note")).to_be_focused()
    assert axe() == []
    fits("customer-log")
    page.keyboard.type("Asked about gold")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Contact logged.")).to_be_visible()
    expect(page.locator(".timeline-item").first).to_contain_text("Asked about gold")
    assert Interaction.objects.get(note="Asked about gold").by == manager
    assert policy_kept == []


def test_a_log_that_fails_keeps_the_text_and_says_why(
    page: Page, book: Story, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits
) -> None:
    browse_as(manager)
    page.goto("/")
    page.keyboard.press("l")
    page.get_by_role("dialog").get_by_label("Customer").fill("nobody")
    page.get_by_label("Note").fill("A long talk")
    page.get_by_role("dialog").get_by_role("button", name="Log contact").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("No customer of yours is called that.")
    expect(page.get_by_label("Note")).to_have_value("A long talk")
    assert axe() == []
    fits("quick-log-refused")


def test_contact_data_are_revealed_at_once_or_with_a_reason(
    page: Page, book: Story, manager: User, browse_as: BrowseAs, axe: Axe, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.customer.pk}/")
    page.get_by_role("button", name="Show Phone").click()
    expect(page.get_by_text("+8613812345678")).to_be_visible()
    page.get_by_role("link", name="Show National id").click()
    page.get_by_label("Why do you need it?").fill("Opening an account")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("dialog").get_by_text("110101199003078515")).to_be_visible()
    assert axe() == []
    assert policy_kept == []


@pytest.mark.parametrize("path", ["new/", "find/", "{pk}/change/", "{pk}/contact/", "{pk}/status/", "{pk}/manager/"])
def test_every_form_fits(
    page: Page, book: Story, head: User, teller: User, browse_as: BrowseAs, axe: Axe, fits: Fits, path: str
) -> None:
    browse_as(teller if path == "find/" else head)
    page.goto(f"/customers/{path.format(pk=book.customer.pk)}")
    page.get_by_role("main").get_by_role("button").first.wait_for()
    assert axe() == []
    fits(f"form-{path.strip('/').replace('{pk}/', '')}")
