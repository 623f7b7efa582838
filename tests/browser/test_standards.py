"""From standards in a draft to a benefit used at the counter: written, tried by a teller, undone, reported."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from tests.people import Story
from tests.segmentation.standards.bank import CARD, LOUNGE, line, stand, use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[str], None]


@pytest.fixture
def bank(own: Story) -> Story:
    use(
        line("gold", quota=2),
        line("gold", "card", queue_weight=2),
        gold_card={"benefit": "card"},
        benefits=[LOUNGE, CARD],
    )
    stand(own.customer, "gold")
    return own


def test_an_admin_writes_standards_row_by_row(
    page: Page, browse_as: Callable[[User], None], admin: User, bank: Story, good: Check, policy_kept: list[str]
) -> None:
    browse_as(admin)
    page.goto("/service-standards/")
    expect(page.get_by_text("2 times a month")).to_be_visible()
    good("standards")
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Add a line").click()
    page.locator("#line-2-tier").select_option("platinum")
    page.locator("#line-2-benefit").select_option("lounge")
    page.locator("#line-2-quota").fill("6")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#line-2-per-help")).to_contain_text("said together")
    good("edit")
    page.locator("#line-2-per").select_option("year")
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_text("ready to propose")).to_be_visible()
    expect(page.get_by_text("6 times a year")).to_be_visible()
    good("draft")
    assert policy_kept == []


def test_a_teller_records_a_use_and_undoes_it(
    page: Page, browse_as: Callable[[User], None], teller: User, bank: Story, good: Check, policy_kept: list[str]
) -> None:
    browse_as(teller)
    page.goto(f"/customers/{bank.customer.pk}/?tab=entitlements")
    expect(page.get_by_text("0 of 2 used, 2 left")).to_be_visible()
    good("customer")
    page.get_by_role("link", name="Record a use of Lounge").click()
    good("use")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("1 of 2 used, 1 left")).to_be_visible()
    page.get_by_role("link", name="Why these entitlements").click()
    expect(page.locator("#dialog").get_by_text("From the tier Gold").first).to_be_visible()
    good("why")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Undo").click()
    page.get_by_label("Reason").fill("The wrong customer")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("0 of 2 used, 2 left")).to_be_visible()
    page.goto("/entitlement-uses/")
    expect(page.get_by_text("undoes a use")).to_be_visible()
    good("uses")
    assert policy_kept == []


def test_a_head_reads_the_use_of_benefits_and_the_cards(
    page: Page, browse_as: Callable[[User], None], head: User, bank: Story, good: Check
) -> None:
    browse_as(head)
    for address in ("/service-standards/report/", "/gold-cards/", "/entitlement-overrides/"):
        page.goto(address)
        good(address.strip("/").replace("/", "-"))
    page.goto(f"/customers/{bank.customer.pk}/entitlements/override/")
    good("override")
