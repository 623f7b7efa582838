"""A manager merges two records of one customer, and undoes it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.duplicates.finding import find_duplicates
from customers.models import Customer
from tests.factories import AccountFactory, ContactFactory, CustomerFactory, InteractionFactory

Two = tuple[Customer, Customer]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(manager: User) -> Two:
    """The bank's record, and the one that somebody typed at the counter."""
    same = {"manager": manager, "branch": manager.branch, "birth_date": date(1990, 3, 7)}
    known = CustomerFactory(name="张伟", occupation="Engineer", **same)
    typed = CustomerFactory(name="张偉", status="prospect", region="Beijing", occupation="Teacher", **same)
    for customer, email in ((known, ""), (typed, "zw@example.com")):
        ContactFactory(customer=customer, phone="+8613812345678", email=email, national_id="")
    AccountFactory(holder=typed)
    InteractionFactory(customer=typed, note="Asked for a card")
    find_duplicates(at=datetime(2026, 4, 1, tzinfo=UTC))
    return known, typed


def test_a_manager_merges_two_duplicates_and_undoes_it(
    page: Page, browse_as: Callable, two: Two, manager: User, good: Callable, policy_kept: list[str]
) -> None:
    known, typed = two
    browse_as(manager)
    page.goto("/duplicates/")
    good("list")
    page.get_by_role("link", name="张伟").click()
    expect(page.get_by_role("heading", name="Two records, one customer?")).to_be_visible()
    expect(page.get_by_role("row", name="Region").get_by_role("radio", checked=True)).to_have_value("goes")
    page.get_by_role("row", name="Occupation").get_by_label("Teacher").check()
    good("compare")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("alert").get_by_text("This field is required")).to_be_visible()
    expect(page.get_by_role("row", name="Occupation").get_by_label("Teacher")).to_be_checked()
    page.get_by_label("Reason").fill("Same phone, seen with the passport")
    page.get_by_role("button", name="Merge").click()

    expect(page.get_by_role("heading", name="张伟")).to_be_visible()
    expect(page.get_by_text("is a part of this record now")).to_be_visible()
    expect(page.get_by_text("Asked for a card")).to_be_visible()
    page.goto(f"/customers/{typed.pk}/")
    expect(page.get_by_text(f"This record was merged into {known.number}")).to_be_visible()
    good("merged")
    page.get_by_role("link", name="Merges").first.click()
    good("of-customer")
    page.get_by_role("link", name="Undo").click()
    page.get_by_label("Reason").fill("They are brothers")
    good("undo")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("these are two records again")).to_be_visible()
    page.goto(f"/customers/{typed.pk}/")
    expect(page.get_by_text("Asked for a card")).to_be_visible()
    known.refresh_from_db()
    assert known.occupation == "Engineer"
    assert [said for said in policy_kept if "422" not in said] == []


def test_who_types_a_new_customer_is_shown_who_is_there_already(
    page: Page, browse_as: Callable, two: Two, manager: User, good: Callable
) -> None:
    browse_as(manager)
    page.goto("/customers/new/")
    page.get_by_label("Name").fill("张伟")
    page.get_by_role("textbox", name="Phone", exact=True).press_sequentially("13812345678")
    expect(page.get_by_text("Is it one of these?")).to_be_visible()
    expect(page.get_by_role("link", name=two[0].number)).to_be_visible()
    good("typed")
