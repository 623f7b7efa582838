"""A teller makes a card while the customer waits; the product department reads what customers want."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import BlankStock, CardOrder, Customer
from tests.factories import AccountFactory, CustomerFactory
from tests.factories.calls import NeedFactory
from tests.factories.cards import BlankStockFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def customer(teller: User) -> Customer:
    found = CustomerFactory(name="张伟", branch=teller.branch)
    AccountFactory(holder=found, number="6222021001000014821", branch=teller.branch)
    return found


@pytest.fixture
def shelf(teller: User) -> BlankStock:
    return BlankStockFactory(branch=teller.branch, blanks=3)


def test_a_card_is_ordered_printed_and_handed_over_while_the_customer_waits(
    page: Page,
    browse_as: Callable,
    customer: Customer,
    shelf: BlankStock,
    teller: User,
    good: Callable,
    policy_kept: list[str],
) -> None:
    browse_as(teller)
    page.goto(f"/customers/{customer.pk}/?tab=holdings")
    page.get_by_role("link", name="Order a card").click()
    expect(page.get_by_label("Name on the card")).to_have_value("ZHANG WEI")
    good("order")
    page.get_by_label("The customer has read the name").check()
    page.get_by_role("button", name="Order it").click()
    expect(page.get_by_text("Ordered, the name confirmed")).to_be_visible()
    good("ordered")
    page.get_by_role("link", name="Print").click()
    page.get_by_label("Last four digits").fill("4821")
    good("print")
    page.get_by_role("button", name="It is printed").click()
    page.get_by_role("link", name="Hand over").click()
    page.get_by_label("Number of the signed slip").fill("S-17")
    page.get_by_role("button", name="It is handed over").click()
    expect(page.get_by_text("S-17")).to_be_visible()
    good("done")
    assert CardOrder.objects.get().state == "handed_over"
    page.goto("/card-orders/")
    good("queue")
    page.goto("/card-stock/")
    good("stocks")
    page.get_by_role("link", name=str(shelf.branch)).click()
    expect(page.get_by_label("Blank cards left").get_by_text("2", exact=True)).to_be_visible()
    good("stock")
    count(page)
    assert [said for said in policy_kept if "422" not in said] == []


def count(page: Page) -> None:
    """One is missing, which needs a word."""
    page.get_by_role("link", name="Count").click()
    page.get_by_label("How many were counted").fill("1")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").get_by_text("2 should be there, 1 were counted")).to_be_visible()
    page.get_by_label("Remark").fill("One fell behind the shelf")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("One fell behind the shelf")).to_be_visible()


def test_a_spoilt_card_is_seen_by_two(
    page: Page, browse_as: Callable, customer: Customer, shelf: BlankStock, teller: User, head: User, good: Callable
) -> None:
    browse_as(teller)
    page.goto(f"/card-stock/{shelf.pk}/")
    page.get_by_role("link", name="Spoilt ones").click()
    page.get_by_label("Reason").fill("Bent in the box")
    good("spoilt")
    page.get_by_role("button", name="Report them").click()
    browse_as(head)
    page.goto("/card-stock/")
    good("waits")
    page.get_by_role("link", name="Confirm").click()
    good("confirm")
    page.get_by_role("button", name="I have seen it").click()
    expect(page.get_by_label("Blank cards left").get_by_text("2", exact=True)).to_be_visible()


def test_what_customers_want_is_noted_and_read_by_the_product_department(
    page: Page, browse_as: Callable, customer: Customer, teller: User, admin: User, good: Callable
) -> None:
    browse_as(teller)
    page.goto(f"/customers/{customer.pk}/?tab=needs")
    page.get_by_role("link", name="Note a need").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Product or family").select_option("family deposit")
    dialog.get_by_label("What is wanted").select_option("price")
    dialog.get_by_label("In their own words").fill("张伟 wants more")
    dialog.get_by_role("button", name="Note it").click()
    expect(dialog.get_by_text("Leave names").first).to_be_visible()
    dialog.get_by_label("In their own words").fill("Rates are better elsewhere")
    dialog.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Rates are better elsewhere")).to_be_visible()
    good("needs")
    page.goto("/needs/")
    good("need-list")
    with time_machine.travel(datetime(2026, 4, 10, tzinfo=UTC), tick=True):
        for _ in range(6):
            NeedFactory(by=teller, quote="Rates are better elsewhere")
        browse_as(admin)
        page.goto("/need-reports/?month=2026-03")
        expect(page.get_by_role("row", name="Deposit")).to_be_visible()
        good("report")
