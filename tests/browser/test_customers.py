"""The main work of a day, by keyboard: find a customer, read the page, log a contact."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import Branch, User
from customers.models import Card, Customer, ExchangeRate, Interaction, Loan, StandingOrder
from customers.services import change_customer
from tests.factories import (
    AccountFactory,
    CustomerFactory,
    FeeChargeFactory,
    InteractionFactory,
    TransactionFactory,
)
from tests.segmentation.night.bank import customer_with, deposit, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


@pytest.fixture
def book(manager: User, east: Branch) -> Customer:
    """A book with a Chinese name among others: gold on watch, two currencies, 15 months of balances, a fee waived."""
    for number, name in enumerate(["李娜", "Ján Novák", "上海华美贸易有限公司", "欧阳修", "Maria da Silva e Sousa"]):
        CustomerFactory(name=name, number=f"30{number}", manager=manager, branch=east)
    line = {"tier": "gold", "fee": "statement", "percent": "0.5", "cap_per_fee": "20.00", "currency": "CNY"}
    policy(("mass", None, 0), ("gold", "200000", 3), ("platinum", "500000", 3), lines=[line])
    months = [date(2025 + at // 12, at % 12 + 1, 1) for at in range(15)]
    amounts = [230_000 + 9_000 * at for at in range(13)] + [190_000, 462_000]
    balances = {month: str(amount) for month, amount in zip(months, amounts, strict=True)}
    someone = customer_with(balances, number="1001", zhang_wei=True, with_contact=True, manager=manager, branch=east)
    dollars = AccountFactory(number="6222020200112233", currency="USD", holder=someone)
    deposit(dollars, dict.fromkeys(months, "1500.50"))
    ExchangeRate.objects.bulk_create(
        ExchangeRate(on=months[0] + timedelta(days=at), currency="USD", rate=7) for at in range(450)
    )
    account = someone.holdings.get(account__currency="CNY").account
    FeeChargeFactory(account=account, charged_on=date(2026, 3, 1), amount=Decimal("30.05"))
    for day in (1, 1), (1, 31), (2, 28), (3, 10):
        nights(date(2026, *day), date(2026, *day))
    Loan.objects.create(
        number="L-1", account=account, granted_on=date(2025, 1, 1), amount=96_000, payment=8_000, months=12, status="A"
    )
    Card.objects.create(number="C-1", holder=account.holders.get(), kind="gold", issued_on=date(2025, 1, 1))
    StandingOrder.objects.create(number="SO-1", account=account, amount=Decimal("12.50"), purpose="rent")
    InteractionFactory(customer=someone, by=manager, next_on=date(2999, 1, 4), note="Wants a term deposit")
    TransactionFactory(account=account, counterparty="Telecom", amount=Decimal("-88.80"))
    change_customer(customer=someone, by=manager, occupation="Teacher", region="Shanghai")
    return someone


def test_a_chinese_name_is_found_by_its_initials(
    page: Page, book: Customer, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
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
    page: Page, book: Customer, manager: User, browse_as: BrowseAs
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
    page: Page,
    book: Customer,
    manager: User,
    browse_as: BrowseAs,
    axe: Axe,
    fits: Fits,
    policy_kept: list[str],
    tab: str,
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.pk}/?tab={tab}")
    if tab == "overview":
        expect(page.locator(".timeline-item").first).to_be_visible()
        expect(page.locator("[data-chart] canvas").first).to_be_visible()
    assert axe() == []
    fits(f"customer-{tab}")
    page.set_viewport_size({"width": 390, "height": 844})
    assert axe() == []
    assert policy_kept == []


def test_transactions_fit(
    page: Page, book: Customer, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.pk}/transactions/")
    assert axe() == []
    fits("customer-transactions")
    assert policy_kept == []


def test_a_contact_is_logged_by_keyboard_alone(
    page: Page, book: Customer, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.pk}/")
    page.keyboard.press("l")
    expect(page.get_by_label("Note")).to_be_focused()
    assert axe() == []
    fits("customer-log")
    page.keyboard.type("Asked about gold")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Contact logged.")).to_be_visible()
    expect(page.locator(".timeline-item").first).to_contain_text("Asked about gold")
    page.get_by_label("Show", exact=True).select_option("task")
    expect(page.locator(".timeline-item")).to_have_count(0)
    expect(page.get_by_label("Show", exact=True)).to_have_value("task")
    assert axe() == []
    assert Interaction.objects.get(note="Asked about gold").by == manager
    assert policy_kept == []


def test_a_log_that_fails_keeps_the_text_and_says_why(
    page: Page, book: Customer, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits
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
    page: Page, book: Customer, manager: User, browse_as: BrowseAs, axe: Axe, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.pk}/")
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
    page: Page, book: Customer, head: User, teller: User, browse_as: BrowseAs, axe: Axe, fits: Fits, path: str
) -> None:
    browse_as(teller if path == "find/" else head)
    page.goto(f"/customers/{path.format(pk=book.pk)}")
    page.get_by_role("main").get_by_role("button").first.wait_for()
    assert axe() == []
    fits(f"form-{path.strip('/').replace('{pk}/', '')}")
