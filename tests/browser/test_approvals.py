"""An admin proposes, an approver decides by keyboard, the new colleague sets a password: each on pages that fit."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.approvals.services import appoint_deputy, approve, propose
from crm.identity.models import Branch, User
from segmentation.services.policies import apply_policy
from tests.segmentation.test_proposals import DEARER, SCHEME, WAIVERS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


def propose_account(page: Page, axe: Axe, fits: Fits) -> None:
    page.goto("/users/")
    fits("users")
    page.get_by_role("link", name="Approvals").first.click()
    expect(page.get_by_text("You have proposed nothing yet")).to_be_visible()
    page.get_by_role("link", name="New proposal").first.click()
    expect(page.get_by_role("link", name="Account or role")).to_be_visible()
    fits("proposal-new")
    assert axe() == []
    page.get_by_role("link", name="Account or role").click()
    page.get_by_label("User name").fill("zhou")
    page.get_by_label("Name", exact=False).nth(1).fill("周敏")
    page.get_by_label("Role").select_option("teller")
    page.get_by_label("Reason").fill("New colleague")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("alert")).to_contain_text("need a branch")
    expect(page.get_by_label("Reason")).to_have_value("New colleague")
    page.get_by_label("Branch").select_option("EAST")
    assert axe() == []
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("周敏 (zhou) becomes Branch staff at East branch.")).to_be_visible()
    fits("proposal-own")
    page.goto("/proposals/mine/")
    expect(page.get_by_role("cell", name="Approver", exact=True)).to_be_visible()
    fits("proposals-mine")


def approve_by_keyboard(page: Page, axe: Axe, fits: Fits) -> str:
    """The link by which the new colleague sets a password."""
    page.goto("/")
    fits("home-approver")
    page.goto("/proposals/")
    fits("inbox")
    assert axe() == []
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your decision")).to_be_visible()
    fits("proposal-to-decide")
    assert axe() == []
    page.get_by_label("Reason").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is approved.")).to_be_visible()
    page.get_by_role("button", name="Show the link").click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    fits("link")
    assert axe() == []
    return page.get_by_label("Link", exact=True).input_value()


def set_password(page: Page, link: str, axe: Axe, fits: Fits) -> None:
    page.goto(link)
    assert axe() == []
    fits("set-password")
    for name in ("new_password1", "new_password2"):
        page.locator(f"[name={name}]").fill("a long and quiet password")
    page.get_by_role("button", name="Set a password").click()
    expect(page.get_by_text("Your password is set. Sign in with it.")).to_be_visible()


def test_an_account_is_proposed_and_approved_and_gets_its_password(
    page: Page,
    admin: User,
    approver: User,
    east: Branch,
    browse_as: Callable[[User], None],
    axe: Axe,
    fits: Fits,
    policy_kept: list[str],
) -> None:
    browse_as(admin)
    propose_account(page, axe, fits)
    browse_as(approver)
    link = approve_by_keyboard(page, axe, fits)
    page.context.clear_cookies()
    set_password(page, link, axe, fits)
    assert [said for said in policy_kept if "422" not in said] == []


def test_policies_and_deputies_fit_the_screen(
    page: Page,
    admin: User,
    approver: User,
    head: User,
    browse_as: Callable[[User], None],
    axe: Axe,
    fits: Fits,
    policy_kept: list[str],
) -> None:
    apply_policy(content={"effective_from": "2026-01-01", "tier_scheme": SCHEME, "waiver_policy": WAIVERS}, by="setup")
    effect = {"movers": 1200, "waived_before": {"CNY": "10.00"}, "waived_after": {"CNY": "12.50"}}
    today = timezone.localdate()
    dearer = propose(kind="tier_scheme", content=DEARER, title="Gold from 300,000", reason="Costs", by=admin,
                     effect=effect, effective_from=max(today, date(2026, 6, 1)) + timedelta(days=5))  # fmt: skip
    propose(kind="login_reset", content={"username": "head"}, title="head", reason="Lost", by=admin)
    appoint_deputy(approver=approver, deputy=head, since=today, until=today + timedelta(days=2), by=approver)
    browse_as(approver)
    for name, path in {"inbox-two": "/proposals/", "proposal-scheme": f"/proposals/{dearer.pk}/",
                       "deputies": "/proposals/deputies/", "deputy-add": "/proposals/deputies/new/",
                       "proposals-all": "/proposals/all/"}.items():  # fmt: skip
        page.goto(path)
        fits(name)
        assert axe() == [], name
    approve(proposal=dearer, content_hash=dearer.content_hash, by=approver)
    browse_as(admin)
    page.goto("/tiers/")
    page.get_by_role("link", name="What changed").last.click()
    page.get_by_role("link", name="Propose this version again").click()
    expect(page.get_by_role("heading", name="Propose this version again")).to_be_visible()
    fits("rollback")
    assert axe() == []
    page.goto("/tiers/")
    page.get_by_role("link", name="What changed").first.click()
    expect(page.get_by_text("Gold: rule")).to_be_visible()
    fits("version")
    assert axe() == []
    assert policy_kept == []
