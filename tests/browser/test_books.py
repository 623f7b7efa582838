"""Books in a browser: a head names a backup, records an absence, and sees the load."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from managers.models import Absence, Assignment
from tests.factories import CustomerFactory, ManagedCustomerFactory, TierFactory, TierPeriodFactory, UserFactory
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


def test_a_head_names_a_backup_and_somebody_to_cover(
    page: Page, own: Story, manager: User, head: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    UserFactory(username="second", name="秦琼", manager=True, branch=manager.branch)
    gold = TierFactory(code="gold", name="Gold")
    TierPeriodFactory(customer=CustomerFactory(name="李娜", manager=manager, branch=manager.branch), tier=gold)
    alone = CustomerFactory(name="王芳", branch=manager.branch)
    TierPeriodFactory(customer=alone, tier=gold)
    ManagedCustomerFactory(customer=alone)
    browse_as(head)
    page.goto(f"/customers/{own.customer.pk}/assignments/")
    expect(page.get_by_text("Nobody looks after this customer yet")).to_be_visible()
    page.get_by_role("link", name="Name a backup").click()
    page.get_by_label("Who").select_option(label="秦琼")
    page.get_by_label("Reason").fill("Second in the team")
    page.get_by_role("button", name="Name them").click()
    expect(page.locator(".lines")).to_contain_text("秦琼")
    assert Assignment.objects.get().manager.username == "second"
    assert axe() == []
    fits("assignments")
    page.goto(f"/managers/{manager.pk}/")
    page.get_by_role("link", name="Record an absence").click()
    page.get_by_label("Back on").fill(str(timezone.localdate() + timedelta(days=7)))
    page.get_by_label("Covered by").select_option(label="秦琼")
    assert axe() == []
    page.get_by_role("button", name="Record").click()
    expect(page.locator("table")).to_contain_text("秦琼")
    assert Absence.objects.get().cover.username == "second"
    assert axe() == []
    fits("manager")
    page.goto("/managers/")
    expect(page.locator("table")).to_contain_text("0 %")
    assert axe() == []
    fits("managers")
    page.goto("/managers/uncovered/")
    expect(page.locator("table")).to_contain_text("No manager was named")
    assert axe() == []
    fits("uncovered")
    assert policy_kept == []
