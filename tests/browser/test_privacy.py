"""A head asks for all that the bank holds of a customer; and a customer is forgotten by two people."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers import tasks
from customers.models import Customer
from tests.factories import AccountHolderFactory, ContactFactory, CustomerFactory, InteractionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def good(axe: Callable, fits: Callable) -> Callable[[str], None]:
    def check(name: str) -> None:
        fits(f"privacy-{name}")
        assert axe() == []

    return check


@pytest.fixture
def former(manager: User) -> Customer:
    """Left the bank a year ago."""
    customer = CustomerFactory(name="上官云", number="C88001", manager=manager, branch=manager.branch, language="zh")
    ContactFactory(customer=customer)
    ended = date.today() - timedelta(days=365)
    AccountHolderFactory(customer=customer, account__opened_on=date(2020, 1, 1), account__closed_on=ended)
    InteractionFactory(customer=customer, note="上官云喜欢龙井")
    return customer


def test_a_head_asks_for_an_export_and_takes_it_along(
    page: Page, browse_as: Callable, former: Customer, head: User, good: Callable, policy_kept: list[str], monkeypatch
) -> None:
    monkeypatch.setattr(tasks, "ring_export", lambda run_id: None)
    browse_as(head)
    page.goto(f"/customers/{former.pk}/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Subject export", exact=True).click()
    good("ask")
    page.get_by_role("textbox", name="Reason").fill("Asked at the counter, passport seen")
    page.get_by_role("button", name="Make the export").click()
    expect(page.get_by_text("You can leave this page")).to_be_visible()
    good("under-way")
    tasks.look_at_exports()
    expect(page.get_by_text("Kept, sealed, until")).to_be_visible()
    good("ready")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Page to read").click()
    text = Path(taken.value.path()).read_text(encoding="utf-8")
    assert "上官云喜欢龙井" in text and "持有的您的个人信息" in text
    with page.expect_download() as taken:
        page.get_by_role("button", name="File for programs").click()
    assert json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))["customer"] == "C88001"
    page.goto("/subject-exports/")
    good("exports")
    assert policy_kept == []


def test_an_erasure_is_proposed_and_approved_and_the_name_is_gone(
    page: Page, browse_as: Callable, former: Customer, head: User, approver: User, auditor: User, good: Callable,
    policy_kept: list[str],
) -> None:  # fmt: skip
    browse_as(head)
    page.goto(f"/customers/{former.pk}/erasure/")
    good("request")
    page.get_by_role("textbox", name="Reason").fill("Asked by letter of today")
    page.get_by_role("button", name="Record the request").click()
    expect(page.get_by_text("Would be sealed until")).to_be_visible()
    good("erasure")
    page.get_by_role("link", name="Propose the erasure").click()
    page.get_by_role("textbox", name="Reason").fill("Asked by letter of today")
    good("propose")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("An approver decides. The proposal")).to_be_visible()

    browse_as(approver)
    page.goto("/proposals/")
    page.get_by_role("link", name="Erase customer C88001").first.click()
    expect(page.get_by_role("rowheader", name="Contact data", exact=True)).to_be_visible()
    good("proposal")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Customer C88001 was erased.")).to_be_visible()

    browse_as(head)
    page.goto("/search/?q=上官云")
    expect(page.get_by_role("main")).not_to_contain_text("C88001")
    page.goto("/search/?q=C88001")
    page.get_by_role("main").get_by_role("link", name="C88001").click()
    expect(page.get_by_text("Erased, the rest sealed")).to_be_visible()
    good("erased")
    page.get_by_role("link", name="Open the seal").click()
    page.get_by_role("textbox", name="Reason").fill("The court of the district asks")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("上官云")).to_be_visible()
    good("sealed")
    browse_as(auditor)
    shown_without_a_name(page, former)
    assert policy_kept == []


def shown_without_a_name(page: Page, customer: Customer) -> None:
    page.goto(f"/customers/{customer.pk}/")
    expect(page.get_by_text("This customer was erased on")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("上官云")
