"""An unknown column of a file is kept as an attribute, shown on the customer's page, and a segment asks for it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers import tasks
from customers.models import Attribute, AttributeValue, Customer
from tests.segmentation.night.bank import customer_with, nights, policy

D1 = date(2026, 1, 1)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def good(axe: Callable, fits: Callable) -> Callable[[str], None]:
    def check(name: str) -> None:
        fits(f"attributes-{name}")
        assert axe() == []

    return check


@pytest.fixture
def file(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    backend = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path / "kept")}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    monkeypatch.setattr(tasks, "ring", lambda run_id: None)
    policy(("mass", None, 0))
    for number in ("C1", "C2"):
        customer_with({D1: "100"}, number=number)
    nights(D1, D1)
    path = tmp_path / "core.csv"
    path.write_text("客户编号,客户性质,客户姓名,爱好\nC1,对私,王小明,围棋\nC2,对私,李娜,钓鱼\n", encoding="utf-8-sig")
    return path


def test_an_unknown_column_becomes_an_attribute_and_a_segment_uses_it(
    page: Page, admin: User, auditor: User, file: Path, browse_as: Callable, good: Callable, policy_kept: list[str]
) -> None:
    browse_as(admin)
    page.goto("/imports/new/")
    page.get_by_label("What is in it").select_option("customers")
    page.locator("[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()
    page.wait_for_url("**/mapping/**")
    page.wait_for_load_state()
    page.get_by_label("Becomes: 爱好").select_option("keep it as a custom attribute")
    expect(page.get_by_label("Becomes: 爱好")).to_have_value("attribute_ai_hao")
    good("mapped")
    page.get_by_role("button", name="Look at the first rows").click()
    page.get_by_role("button", name="Take it in").click()
    expect(page.locator("[data-status=queued]")).to_be_visible()
    tasks.look()
    expect(page.locator("[data-status=completed]")).to_be_visible()
    assert AttributeValue.objects.count() == 2

    page.goto("/custom-attributes/")
    good("list")
    page.get_by_role("link", name="爱好").click()
    page.get_by_label("Name in English").fill("Hobby")
    good("attribute")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    a_segment_asks_for_it(page)
    good("segment")

    browse_as(auditor)
    page.goto(f"/customers/{Customer.objects.get(number='C1').pk}/?tab=attributes")
    expect(page.get_by_text("围棋")).to_be_visible()
    good("tab")
    assert Attribute.objects.get().label == "Hobby"
    assert policy_kept == []


def a_segment_asks_for_it(page: Page) -> None:
    page.goto("/segments/new/")
    page.get_by_label("Affluent").check()
    page.get_by_role("button", name="Begin").click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#when-0-field").select_option("attribute_ai_hao")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#when-0-op").select_option("=")
    with page.expect_response(lambda answer: "autosave" in (answer.request.post_data or "")):
        page.locator("#when-0-value").select_option("围棋")
    expect(page.locator(".rule-picked strong")).to_have_text("1")
