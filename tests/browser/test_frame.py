"""The frame around every page: seen, typed and heard."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from crm.identity.services import notify
from tests.factories import CustomerFactory, InteractionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


def test_signing_in_and_out(page: Page, manager: User, axe: Axe, fits: Fits, policy_kept: list[str]) -> None:
    manager.set_password("correct horse battery")
    manager.save()
    page.goto("/")
    assert axe() == []
    fits("login")

    page.get_by_label("User name").fill("manager")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("don't go together")
    assert axe() == []

    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    page.locator(".top-user").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert policy_kept == []


@pytest.mark.parametrize("role", ["manager", "teller", "head", "agent", "admin", "approver", "auditor", "agency"])
def test_home_fits_each_role(
    page: Page,
    role: str,
    request: pytest.FixtureRequest,
    browse_as: BrowseAs,
    axe: Axe,
    fits: Fits,
    policy_kept: list[str],
) -> None:
    user = request.getfixturevalue(role)
    someone = CustomerFactory(name="张伟", manager=user if role == "manager" else None, branch=user.branch)
    due = timezone.localdate() - timedelta(days=1)
    InteractionFactory(customer=someone, by=user, next_on=due, note="Call about the maturing deposit")
    notify(users=[user], text="A customer of yours moved to gold", url="/")
    browse_as(user)
    page.goto("/")
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    assert axe() == []
    fits(f"home-{role}")
    page.get_by_role("button", name="Light or dark").click()
    assert axe() == []
    if role == "manager":
        fits("home-dark")
    assert policy_kept == []


def test_the_drawer_opens_on_a_phone(page: Page, manager: User, browse_as: BrowseAs, axe: Axe) -> None:
    browse_as(manager)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    page.get_by_role("link", name="Menu").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    assert axe() == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_a_slash_goes_to_the_search_box(page: Page, manager: User, browse_as: BrowseAs) -> None:
    browse_as(manager)
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#search-box")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("Control+k")
    expect(page.locator("#search-box")).to_be_focused()


def test_the_language_stays_with_the_user(page: Page, manager: User, browse_as: BrowseAs) -> None:
    browse_as(manager)
    page.goto("/")
    page.locator(".top-user").click()
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    manager.refresh_from_db()
    assert manager.language == "zh-hans"


def test_the_alerts(
    page: Page, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    for number in range(60):
        notify(users=[manager], text=f"Customer {number} moved to gold", url="/")
    browse_as(manager)
    page.goto("/notifications/")
    assert axe() == []
    fits("alerts")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Customer 9 moved to gold")).to_be_visible()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".top-count")).to_have_count(0)
    assert policy_kept == []


def test_a_page_that_is_not_there_keeps_the_frame(
    page: Page, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits
) -> None:
    browse_as(manager)
    page.goto("/nowhere/")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert axe() == []
    fits("not-found")
