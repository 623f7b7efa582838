"""A teller finds a walk-in customer by phone and prints a statement; the second print says copy."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from crm.identity.models import User
from customers.models import StatementPrint
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def printed(page: Page) -> str:
    """What the paper says."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Print").click()
    pages = PdfReader(BytesIO(Path(download.value.path()).read_bytes())).pages
    return pages[0].extract_text()


def test_a_walk_in_customer_is_found_by_phone_and_the_second_print_is_a_copy(
    page: Page, browse_as: Callable, good: Callable, other: Story, teller: User
) -> None:
    browse_as(teller)
    page.goto("/customers/find/")
    page.get_by_label("Id document, phone or customer number").fill("13812345678")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Holdings").click()
    page.get_by_role("link", name="Statement", exact=True).click()
    good("form")
    assert "Original" in printed(page)
    page.reload()
    expect(page.get_by_text("Original")).to_be_visible()
    assert "Copy 1" in printed(page)
    assert [one.copy for one in StatementPrint.objects.order_by("pk")] == [0, 1]

    page.goto("/statements/")
    expect(page.get_by_role("cell", name="Copy 1")).to_be_visible()
    good("list")
