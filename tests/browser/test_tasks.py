"""A manager finds the refused refund at home, on the customer's page and in the list, and closes the task."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from managers.models import Task
from tests.factories import CustomerFactory, TaskFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def task(manager) -> Task:
    return TaskFactory(customer=CustomerFactory(name="张伟", manager=manager, branch=manager.branch))


def test_a_task_is_found_closed_and_listed_as_closed(
    page: Page, browse_as: Callable, good: Callable, task: Task, manager
) -> None:
    browse_as(manager)
    page.goto("/")
    expect(page.get_by_text(str(task))).to_be_visible()
    good("home")
    page.get_by_role("link", name="All tasks").click()
    expect(page.get_by_text("overdue")).to_be_visible()
    good("list")

    page.get_by_role("link", name="张伟").first.click()
    expect(page.get_by_text(str(task)).first).to_be_visible()
    good("customer")
    page.get_by_role("link", name="Close the task").click()
    expect(page.get_by_role("link", name="The entry in the ledger")).to_be_visible()
    good("close")
    page.get_by_label("Dismissed").check()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("Say why nothing is to be done.").last).to_be_visible()
    good("refused")
    page.get_by_label("Remark").fill("Paid out at the counter")
    page.get_by_role("button", name="Close it").click()

    expect(page.get_by_text("The task is closed.")).to_be_visible()
    expect(page.get_by_text("Task: Dismissed")).to_be_visible()
    expect(page.get_by_role("link", name="Close the task")).to_have_count(0)
    good("told")
    page.goto("/tasks/closed/")
    expect(page.get_by_text("Paid out at the counter")).to_be_visible()
    good("closed")
    page.goto("/tasks/")
    expect(page.get_by_text("Nothing to do")).to_be_visible()
    good("empty")
