"""A segment from a template to the list of its members: built, proposed, approved, filled, exported."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.identity.models import Branch, User
from segmentation.models import Segment
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[str], None]
D1, D2 = date(2026, 1, 1), date(2026, 1, 2)


@pytest.fixture
def bank(east: Branch, west: Branch, manager: User) -> None:
    """Six people with 100,000 to 600,000; the richest belongs to another branch."""
    policy(("mass", None, 0))
    for n in range(1, 7):
        branch = west if n == 6 else east
        customer_with({D1: str(100_000 * n)}, number=f"N{n}", name=f"Person {n}", branch=branch)
    nights(D1, D1)


def build(page: Page, good: Check) -> None:
    page.goto("/segments/new/")
    good("new")
    page.get_by_label("Affluent").check()
    page.get_by_role("button", name="Begin").click()
    picked = page.locator(".rule-picked strong")
    expect(picked).to_have_text("5")
    amount = page.locator("#when-0-value")
    amount.fill("")
    amount.press_sequentially("450000", delay=30)
    expect(picked).to_have_text("2")
    expect(page.get_by_text("C-").first).to_be_visible()
    expect(page.get_by_text("N6")).to_have_count(0)
    good("edit")
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_text("ready to propose")).to_be_visible()
    good("draft")
    page.get_by_role("link", name="Propose").click()
    page.get_by_label("Title").fill("Affluent")
    page.get_by_label("Reason").fill("To tell them apart")
    page.get_by_label("Effective from").fill("")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("It picks 2 customers; members now: 0.")).to_be_visible()
    good("proposal")


def see_as_admin(page: Page, good: Check, segment: Segment) -> None:
    page.goto("/segments/")
    expect(page.get_by_role("link", name="2", exact=True)).to_be_visible()
    good("segments")
    page.goto(f"/segments/{segment.pk}/")
    expect(page.get_by_text("Night by night")).to_be_visible()
    good("segment")
    page.get_by_role("link", name="Members").click()
    expect(page.get_by_text("C-").first).to_be_visible()
    expect(page.get_by_text("Person 5")).to_have_count(0)
    good("members-admin")
    page.goto("/segments/overlap/")
    good("overlap")


def test_a_segment_from_a_template_to_the_export_of_its_members(
    page: Page, browse_as: Callable[[User], None], good: Check, bank: None, admin: User, approver: User, head: User,
    policy_kept: list[str],
) -> None:  # fmt: skip
    browse_as(admin)
    build(page, good)
    proposal = Proposal.objects.get()
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    nights(D2, D2)
    segment = Segment.objects.get()
    see_as_admin(page, good, segment)

    browse_as(head)
    page.goto(f"/segments/{segment.pk}/members/")
    expect(page.get_by_role("link", name="Person 5")).to_be_visible()
    expect(page.get_by_text("Person 6")).to_have_count(0)
    good("members")
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "N5" in text and "N6" not in text
    assert policy_kept == []
