"""A scheme from its first line to a customer's answer: built, tried, proposed, approved, published, and explained."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from crm.approvals.models import Proposal
from crm.identity.models import Branch, User
from customers.models import Customer
from segmentation.models import SchemeVersion
from segmentation.services import simulations
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[str], None]
FIRST, JANUARY_END, FEBRUARY_END = date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 28)


@pytest.fixture
def richest(east: Branch, manager: User) -> Customer:
    """Six customers; the scheme in force ends with gold, and the richest holds 600,000."""
    policy(("mass", None, 0), ("gold", "200000", 3))
    people = [
        customer_with({FIRST: str(100_000 * n)}, number=f"N{n}", branch=east, manager=manager) for n in range(1, 7)
    ]
    nights(FIRST, JANUARY_END)
    return people[-1]


def build(page: Page) -> None:
    page.goto("/drafts/new/")
    page.get_by_label("Tiers: Person, from version 1").check()
    page.get_by_role("button", name="Begin").click()
    with page.expect_response("**/edit/"):
        page.get_by_role("button", name="Add a tier above").click()
    page.locator("#tier-2-code").fill("diamond")
    page.locator("#tier-2-name").fill("Diamond")
    page.locator("#tier-2-when-0-value").fill("500000")
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_text("ready to propose")).to_be_visible()


def try_it(page: Page, good: Check) -> None:
    page.get_by_role("link", name="Try it").click()
    good("try")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    for simulation in simulations.unfinished():
        simulations.carry_on(simulation)
    expect(page.get_by_text("2 customers would move; waived 0 instead of 0.")).to_be_visible()
    good("simulation")
    page.get_by_role("link", name="Who would move").click()
    expect(page.get_by_text("C-").first).to_be_visible()
    expect(page.get_by_text("N6")).to_have_count(0)
    good("movers")


def propose(page: Page, good: Check) -> None:
    page.goto("/drafts/")
    page.get_by_role("link", name="Tiers: Person").click()
    page.get_by_role("link", name="Propose").click()
    page.get_by_label("Title").fill("Diamond from 500,000")
    page.get_by_label("Reason").fill("The richest leave for banks that name them")
    page.get_by_label("Effective from").fill("")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("2 customers move; waived 0 instead of 0.")).to_be_visible()
    good("proposed")


def approve(page: Page, good: Check) -> None:
    page.goto("/proposals/")
    page.get_by_role("link", name="Diamond from 500,000").click()
    expect(page.get_by_text("2 customers move; waived 0 instead of 0.")).to_be_visible()
    matrix = page.get_by_role("region", name="Migration")
    expect(matrix.get_by_role("row", name="Gold 2 3 –")).to_be_visible()
    good("to-approve")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("It is approved.")).to_be_visible()


def test_a_scheme_is_built_tried_proposed_approved_published_and_explained(
    page: Page,
    richest: Customer,
    admin: User,
    approver: User,
    manager: User,
    browse_as: Callable[[User], None],
    good: Check,
    policy_kept: list[str],
) -> None:
    browse_as(admin)
    build(page)
    try_it(page, good)
    propose(page, good)
    simulated = Proposal.objects.get().effect["_simulation"]

    browse_as(approver)
    approve(page, good)
    assert SchemeVersion.objects.get(number=2).proposal == Proposal.objects.get()

    night = nights(date(2026, 2, 1), FEBRUARY_END)
    assert night.result["tier_moves"] == simulated["movers"] == 2

    browse_as(manager)
    page.goto(f"/customers/{richest.pk}/")
    expect(page.get_by_text("Diamond").first).to_be_visible()
    page.goto(f"/customers/{richest.pk}/why/")
    expect(page.get_by_text("Diamond since 1 March 2026, by version 2").first).to_be_visible()
    expect(page.get_by_text("500,000.00 CNY").first).to_be_visible()
    good("why")
    assert policy_kept == []
