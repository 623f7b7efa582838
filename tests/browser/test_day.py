"""A manager works the day by keyboard alone; an admin proposes how often the bank speaks with its customers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from customers.models import Interaction
from managers.models import LaidAside, Task
from segmentation.models import NearTier
from tests.factories import (
    ContactPlanFactory,
    CustomerFactory,
    DueContactFactory,
    ReferralFactory,
    TaskFactory,
    TierFactory,
    TierPeriodFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def book(manager):
    """Four customers: one referred, one about to reach gold, one with a task, one overdue."""
    today = timezone.localdate()
    people = {
        name: CustomerFactory(name=name, manager=manager, branch=manager.branch)
        for name in ("张伟", "李娜", "王芳", "赵磊")
    }
    ContactPlanFactory()
    for each in people.values():
        TierPeriodFactory(customer=each, gold=True)
    ReferralFactory(customer=people["张伟"], due_at=timezone.now())
    NearTier.objects.create(
        customer=people["李娜"], direction="up", tier=TierFactory(code="platinum", name="Platinum", rank=2), missing="12000.00",
        measure="aum_month_average", currency="CNY", falls_on=today + timedelta(days=8), as_of=today - timedelta(days=1),
    )  # fmt: skip
    TaskFactory(customer=people["王芳"], due_on=today)
    DueContactFactory(
        customer=people["赵磊"], due_on=today - timedelta(days=40), last_at=timezone.now() - timedelta(days=130)
    )
    return people


def test_the_day_is_worked_by_keyboard_alone(page: Page, browse_as: Callable, good: Callable, manager, book) -> None:
    browse_as(manager)
    page.goto("/day/")
    rows = page.locator("[data-day-row]")
    expect(rows).to_have_count(4)
    expect(page.get_by_text("12,000.00 CNY short of Platinum, 8 days left")).to_be_visible()
    good("day")

    press = page.keyboard.press
    press("n")  # the referral
    expect(page.get_by_role("link", name="张伟").first).to_be_focused()
    press("n")  # about to reach platinum
    press("s")
    expect(page.get_by_label("Show it again on")).to_be_focused()
    good("later")
    press("Enter")
    expect(page.get_by_text("It stands here again on that day.")).to_be_visible()
    expect(rows).to_have_count(3)
    assert LaidAside.objects.get().customer == book["李娜"]

    expect(page.get_by_role("link", name="赵磊").first).to_be_focused()  # which moved up to where that row was
    press("l")
    expect(page.get_by_label("Note")).to_be_focused()
    good("log")
    page.keyboard.type("Wants to talk about his pension")
    press("Control+Enter")
    expect(rows).to_have_count(2)
    assert Interaction.objects.get().customer == book["赵磊"]

    expect(page.get_by_role("link", name="王芳").first).to_be_focused()
    press("d")
    expect(page.get_by_role("radio", name="Done")).to_be_visible()
    press("Control+Enter")
    expect(rows).to_have_count(1)
    assert Task.objects.get().state == "done"


def test_a_row_is_dismissed_by_keyboard_for_a_reason(page: Page, browse_as: Callable, good: Callable, manager) -> None:
    ReferralFactory(customer=CustomerFactory(name="张伟", manager=manager), due_at=timezone.now())
    browse_as(manager)
    page.goto("/day/")
    press = page.keyboard.press
    press("n")
    press("x")
    page.get_by_label("Why nothing is to be done").wait_for()
    press("Escape")
    expect(page.get_by_role("link", name="张伟").first).to_be_focused()
    press("x")
    page.get_by_label("Why nothing is to be done").wait_for()
    page.keyboard.type("Called this morning")
    press("Enter")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    good("empty")


def test_the_brief_is_one_key_away(page: Page, browse_as: Callable, good: Callable, manager, book) -> None:
    browse_as(manager)
    page.goto("/day/")
    page.keyboard.press("n")
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="Brief: 张伟")).to_be_visible()
    good("brief")
    page.goto("/calendar/")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_label("The address, shown once")).to_be_visible()
    good("calendar")


def test_a_plan_is_proposed_and_how_it_is_kept_is_seen(
    page: Page, browse_as: Callable, good: Callable, admin, head, book
) -> None:
    browse_as(admin)
    page.goto("/contact-plan/")
    expect(page.get_by_text("every 90 days")).to_be_visible()
    good("plan")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_label("Gold: Every").fill("60")
    page.get_by_label("Reason").fill("Too rare")
    good("propose")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("every 60 days")).to_be_visible()

    browse_as(head)
    page.goto("/cadence/")
    good("due")
    page.get_by_role("link", name="How the plan is kept").click()
    good("report")
    page.get_by_role("link", name="Tier", exact=True).click()
    page.get_by_role("row", name="Gold").get_by_role("link").first.click()
    expect(page.get_by_text("1 row")).to_be_visible()
