"""Qualifications in a browser: a head records a certificate, an admin proposes what is asked, the scorecard tells of the year."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.approvals.models import Proposal
from crm.identity.models import User
from managers.models import Certificate
from tests.factories import (
    AssignmentFactory,
    CertificateFactory,
    CustomerFactory,
    ManagerGradeFactory,
    TierFactory,
    TrainingFactory,
)
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


def test_a_head_records_a_certificate_and_looks_at_the_year(
    page: Page, own: Story, manager: User, head: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    ManagerGradeFactory(manager=manager)
    TrainingFactory(manager=manager, title="基金适当性")
    CertificateFactory(manager=manager, kind="fund", valid_until=timezone.localdate() + timedelta(20))
    for name in ("李娜", "王芳"):
        customer = CustomerFactory(name=name, manager=manager, branch=manager.branch)
        AssignmentFactory(
            customer=customer, manager=manager, role="primary", since=timezone.localdate().replace(month=1, day=1)
        )
    browse_as(head)
    page.goto(f"/managers/{manager.pk}/")
    assert axe() == []
    fits("manager-able")
    page.get_by_role("link", name="Grade, certificates, training").click()
    page.get_by_role("link", name="Record a certificate").click()
    page.get_by_label("Kind").select_option("cfp")
    page.get_by_label("Number").fill("CFP2026001")
    page.get_by_label("Issued on").fill(str(timezone.localdate()))
    assert axe() == []
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("CFP2026001")).to_be_visible()
    assert Certificate.objects.filter(number="CFP2026001").exists()
    assert axe() == []
    fits("qualifications")
    page.goto("/managers/certificates/")
    assert axe() == []
    fits("certificates")
    page.goto(f"/managers/{manager.pk}/scorecard/")
    expect(page.get_by_text("100.0 %")).to_be_visible()
    assert axe() == []
    fits("scorecard")
    page.get_by_role("link", name=re.compile("Customers behind it.*Retention")).click()
    expect(page.locator("tfoot")).to_contain_text("100.0 %")
    assert axe() == []
    fits("scorecard-rows")
    assert policy_kept == []


def test_an_admin_proposes_what_a_tier_asks(
    page: Page, admin: User, approver: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    TierFactory(code="private", name="Private")
    browse_as(admin)
    page.goto("/managers/standards/")
    expect(page.get_by_text("Nothing is asked of managers yet")).to_be_visible()
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Private: grade at least").select_option("senior")
    page.get_by_label("Certified financial planner (CFP)").check()
    page.get_by_label("Reason").fill("The board asks for it")
    assert axe() == []
    fits("standards-form")
    page.get_by_role("button", name="Propose").click()
    browse_as(approver)
    page.goto(f"/proposals/{Proposal.objects.get().pk}/")
    expect(page.locator("main")).to_contain_text("Senior or higher; Certified financial planner (CFP)")
    assert axe() == []
    page.get_by_role("button", name="Approve").click()
    page.goto("/managers/standards/")
    expect(page.locator("main")).to_contain_text("Version 1")
    assert axe() == []
    fits("standards")
    assert policy_kept == []
