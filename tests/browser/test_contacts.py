"""A contact that was logged: corrected by who logged it, added to by a colleague, and nothing lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def customer(manager: User) -> Customer:
    return CustomerFactory(name="张伟", manager=manager, branch=manager.branch)


def test_a_contact_is_corrected_and_a_colleague_adds_a_word(
    page: Page,
    browse_as: Callable,
    customer: Customer,
    manager: User,
    teller: User,
    good: Callable,
    policy_kept: list[str],
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/log/")
    page.get_by_label("Note").fill("Wants a card")
    page.get_by_role("button", name="Log contact").click()
    page.get_by_role("link", name="Phone", exact=True).click()
    page.get_by_role("link", name="Correct").click()
    good("correct")
    page.get_by_label("Note").fill("Wants a loan")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Wants a loan")).to_be_visible()
    expect(page.get_by_role("cell", name="Wants a card")).to_be_visible()

    browse_as(teller)
    page.reload()
    expect(page.get_by_role("link", name="Correct")).to_have_count(0)
    page.get_by_role("link", name="Add a word").click()
    page.get_by_label("To be added").fill("Called back: 200,000 for a flat")
    good("amend")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Called back: 200,000 for a flat")).to_be_visible()
    good("entry")
    page.goto(f"/customers/{customer.pk}/")
    expect(page.get_by_text("Added: Called back: 200,000 for a flat")).to_be_visible()
    assert policy_kept == []
