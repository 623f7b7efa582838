"""A preference is noted and shows where somebody is about to speak with the customer; an outflow leads to a task."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from crm.nightly import after
from customers.imports.services import import_file
from customers.models import Customer
from segmentation.services.policies import apply_policy
from tests.factories import AccountFactory, CustomerFactory
from tests.factories.changes import OUTFLOW
from tests.segmentation.night.bank import deposit, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 3, 10)


@pytest.fixture
def customer(manager: User) -> Customer:
    return CustomerFactory(name="王芳", manager=manager, branch=manager.branch)


def test_a_preference_is_noted_and_shows_in_the_quick_log(
    page: Page, browse_as: Callable, good: Callable, customer: Customer, manager: User, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/?tab=preferences")
    good("nothing")
    page.get_by_role("link", name="Note: Form of address").click()
    page.get_by_label("What is known").fill("王老师")
    good("note")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Form of address")).to_contain_text("王老师")
    page.get_by_role("link", name="Note: Preferred time").click()
    page.get_by_label("What is known").select_option("evening")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Preferred time")).to_contain_text("Evening")

    page.get_by_role("link", name="Note a life event").click()
    page.get_by_label("When").fill("soon")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write a day, a month or a year").last).to_be_visible()
    page.get_by_label("When").fill("2025-09")
    page.get_by_role("combobox", name="What").select_option("school")
    page.get_by_label("About whom").fill("the daughter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Starts school")).to_contain_text("2025-09")
    good("known")

    page.keyboard.press("l")
    log = page.get_by_role("dialog")
    expect(log).to_contain_text("王老师")
    expect(log).to_contain_text("Evening")
    good("log")
    page.goto(f"/customers/{customer.pk}/")
    expect(page.get_by_text("王老师").first).to_be_visible()
    good("overview")
    assert [said for said in policy_kept if "422" not in said] == []


def test_an_outflow_in_a_file_leads_after_the_night_to_a_task_on_the_managers_day_page_with_its_why(
    page: Page, browse_as: Callable, good: Callable, customer: Customer, manager: User, admin: User, tmp_path: Path
) -> None:
    account = AccountFactory(number="A1", holder=customer, opened_on=DAY - timedelta(days=30))
    deposit(account, {DAY - timedelta(days=30): "300000", DAY: "100000"})
    policy(("mass", None, 0))
    apply_policy(content={"effective_from": "2026-01-01", "change_rules": [OUTFLOW]}, by="setup")
    file = tmp_path / "transactions.csv"
    file.write_text(f"id,account,date,amount\nT1,A1,{DAY},-200000.00\n", encoding="utf-8")
    assert import_file(kind="transactions", path=file, by=admin).accepted == 1
    nights(DAY, DAY)
    after.follow(at=timezone.now())

    browse_as(manager)
    page.goto("/")
    task = page.get_by_text("Large outflow: 200,000.00 CNY went out within 7 days")
    expect(task).to_be_visible()
    good("home")
    page.get_by_role("link", name="Why: Large outflow").click()
    why = page.get_by_role("dialog")
    expect(why).to_contain_text("At least 100,000.00 CNY went out within 7 days")
    expect(why).to_contain_text("version 1")
    good("why")
    page.goto(f"/customers/{customer.pk}/")
    expect(page.locator("#timeline").get_by_text("Large outflow")).to_be_visible()
    good("noticed")
    page.goto("/changes/")
    expect(page.get_by_role("link", name="王芳")).to_be_visible()
    good("changes")
    page.locator("#main").get_by_role("link", name="Rules").click()
    expect(page.get_by_role("row", name="Large outflow")).to_contain_text("Switched on")
    browse_as(admin)
    page.goto("/change-rules/")
    good("rules")
    page.get_by_role("button", name="Change the rule Large outflow").click()
    page.get_by_label("Amount").fill("50000")
    good("edit")
