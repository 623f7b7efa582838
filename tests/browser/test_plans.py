"""The plan of a company in a browser: drawn up from its page, worked on in dialogs, looked back at."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer
from managers.models import Task
from managers.todo.services import open_tasks
from tests.factories import CustomerPlanFactory, PlanActionFactory, PlanGoalFactory
from tests.managers.plans.conftest import company, holds  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


def test_a_manager_plans_with_a_company(
    page: Page, company: Customer, manager: User, holds: Callable[..., None],  # noqa: F811
    browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str],
) -> None:  # fmt: skip
    holds(company, 3_200_000)
    today = timezone.localdate()
    browse_as(manager)
    page.goto(f"/customers/{company.pk}/?tab=plan")
    page.get_by_role("link", name="Open the plan").click()
    page.get_by_role("link", name="Draw up a plan").click()
    page.get_by_label("Until").fill(str(today + timedelta(700)))
    page.get_by_label("Needs").fill("新厂房投产，流动资金需求增加")
    page.get_by_label("What the customer has at all banks").fill("10000000")
    page.get_by_label("Known from").fill("年报")
    assert axe() == []
    fits("plan-form")
    page.get_by_role("button", name="Draw up").click()
    work_on(page, str(today + timedelta(5)))
    expect(page.locator("main")).to_contain_text("missing 1,800,000.00")
    assert axe() == []
    fits("plan")
    page.goto("/plans/")
    expect(page.locator("table")).to_contain_text(company.name)
    assert axe() == []
    fits("plans")
    page.goto(f"/customers/{company.pk}/?tab=plan")
    expect(page.locator("main")).to_contain_text("2 goals")
    assert axe() == []
    fits("plan-tab")
    assert policy_kept == []


def test_a_plan_and_the_task_of_its_action_read_well_in_both_languages(
    page: Page, company: Customer, manager: User, holds: Callable[..., None],  # noqa: F811
    browse_as: BrowseAs, axe: Axe, fits: Fits, in_chinese: Callable[[], None],
) -> None:  # fmt: skip
    holds(company, 3_200_000)
    plan = CustomerPlanFactory(customer=company, made_by=manager, until=timezone.localdate() + timedelta(300))
    PlanGoalFactory(plan=plan)
    PlanActionFactory(plan=plan, who=manager)
    browse_as(manager)
    open_tasks(as_of=timezone.now())
    close = f"/tasks/{Task.objects.get().pk}/close/"
    page.goto(close)
    expect(page.locator("main")).to_contain_text("Its action in the plan ends with it")
    assert axe() == []
    fits("plan-task")
    in_chinese()
    for name, address in (("plan", f"/customers/{company.pk}/plan/"), ("plans", "/plans/"), ("plan-task", close)):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        assert axe() == []
        fits(f"{name}-zh")


def work_on(page: Page, day: str) -> None:
    """Goals, an action and a review, each in a dialog."""
    for kind, figure in (("Balance", "5000000"), ("Share of wallet", "30")):
        page.get_by_role("link", name="Set a goal").click()
        page.get_by_role("combobox", name="Kind").select_option(label=kind)
        page.get_by_role("spinbutton", name="Figure").fill(figure)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("region", name="Goals against figures")).to_contain_text(kind)
    page.get_by_role("link", name="Set an action").click()
    page.get_by_role("textbox", name="What").fill("拜访财务总监")
    page.locator("[name=due_on]").fill(day)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Actions")).to_contain_text("拜访财务总监")
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_role("textbox", name="What was found").fill("进展顺利，代发工资下半年谈")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Reviews")).to_contain_text("32.00 %")
