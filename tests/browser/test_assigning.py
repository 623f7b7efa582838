"""Assigning in a browser: an admin writes the policy, a head watches a preview and decides moves, the manager finds the customer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from managers.assigning.nights import carry_on, unfinished
from managers.books.keeping import follow_records
from managers.models import MoveSuggestion
from tests.factories import OpportunityFactory, TeamFactory
from tests.managers.assigning.bank import DAY, customers, managers, night
from tests.segmentation.changes.bank import published
from tests.segmentation.managed.bank import policy, tiers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


@pytest.fixture
def books(east) -> tuple[User, User]:
    """One manager who carries far more than the other, after a night that said so."""
    full, empty = managers(east, 2)
    customers(east, 60, manager=full, name="李娜"), customers(east, 5)
    OpportunityFactory(owner=full, customer__manager=full, customer__branch=east)
    TeamFactory(name="Wealth", branch=east).members.add(full)
    follow_records(customers=None, at=timezone.now() - timedelta(days=30))
    night()
    return full, empty


@pytest.mark.usefixtures("books")
def test_a_head_previews_the_night(
    page: Page, head: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    browse_as(head)
    page.goto("/assignment-runs/new/")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#progress")).to_contain_text("You can leave this page")
    assert axe() == []
    fits("assigning_progress")
    for run in unfinished():
        carry_on(run)
    expect(page.locator("#progress")).to_contain_text("Would be assigned: 0.")
    assert axe() == []
    fits("assigning_run")
    page.goto("/assignment-runs/")
    assert axe() == []
    fits("assigning_runs")
    page.goto("/teams/")
    page.get_by_role("link", name="Wealth").click()
    assert axe() == []
    fits("team")
    assert policy_kept == []


def test_a_head_decides_moves_and_who_takes_a_customer_on_finds_them(
    page: Page, books, head: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    _full, empty = books
    browse_as(head)
    page.goto("/managers/")
    expect(page.locator("table")).to_contain_text("Rmeast0")
    assert axe() == []
    fits("books")
    page.get_by_role("link", name="+8").click()
    expect(page.locator("table")).to_contain_text("Their manager carries far more than the team")
    assert axe() == []
    fits("moves")
    page.locator("tbody a.name").first.click()
    assert axe() == []
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("link", name="Approve all that are open").click()
    page.get_by_role("button", name="Move 7 customers").click()
    expect(page.get_by_text("7 customers were moved.")).to_be_visible()
    assert MoveSuggestion.objects.filter(state="approved").count() == 8
    page.goto(f"/managers/{empty.pk}/book/")
    expect(page.locator("table")).to_contain_text("李娜")
    assert axe() == []
    fits("book")
    browse_as(empty)
    page.goto("/day/")
    rows = page.locator("[data-day-row]", has_text="Meet the customer together with")
    expect(rows).to_have_count(8)
    expect(rows.first).to_contain_text("李娜")
    assert axe() == []
    fits("day_after_a_move")
    page.goto("/handovers/")
    page.locator("tbody a.name").first.click()
    expect(page.get_by_text("Meet the customer together with")).to_be_visible()
    assert axe() == []
    fits("handover")
    page.get_by_role("link", name="The pack").click()
    expect(page.get_by_role("heading", name="Handover")).to_be_visible()
    assert policy_kept == []


def test_a_head_hands_a_book_over_and_says_who_leaves(
    page: Page, books, head: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    full, empty = books
    browse_as(head)
    page.goto(f"/managers/{full.pk}/")
    page.get_by_role("link", name="Hand over").click()
    page.get_by_label(str(empty)).check()
    page.get_by_role("button", name="Propose who gets whom").click()
    expect(page.get_by_role("heading", name="3. Who gets whom")).to_be_visible()
    assert axe() == []
    fits("handover_proposed")
    page.get_by_label("Reason").fill("The west has one team now")
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("customers are handed over.")).to_be_visible()
    assert axe() == []
    fits("handovers")
    page.goto(f"/managers/{full.pk}/leaving/")
    page.get_by_label("Last day").fill("2099-01-31")
    page.get_by_label("Successor").select_option(str(empty.pk))
    assert axe() == []
    fits("leaving")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("Leaves: the last day is 31 Jan 2099")).to_be_visible()
    assert axe() == []
    fits("manager_who_leaves")
    assert policy_kept == []


def test_an_admin_writes_who_is_managed(
    page: Page, east, admin: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    tiers("gold", "private")
    TeamFactory(code="wealth", name="Wealth", branch=east)
    customers(east, 3)
    policy({"name": "Gold", "tiers": ["gold"]})
    published(DAY)
    browse_as(admin)
    page.goto("/assignment-policies/")
    expect(page.locator("table")).to_contain_text("1. Gold")
    assert axe() == []
    fits("assignment_policy")
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Add a rule").click()
    page.locator("#rule-1-name").fill("Private")
    page.locator("#rule-1-team").select_option("wealth")
    page.locator("#rule-1").get_by_label("Private").check()
    page.locator("#rule-1").get_by_role("button", name="Condition").click()
    expect(page.locator("#rule-1-when-tree")).to_be_visible()
    assert axe() == []
    fits("assignment_edit")
    assert policy_kept == []
