"""A leak is found, corrected by two people and reconciled; an account is named free."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from customers.models import Account, Customer
from segmentation.models import WaiverEntry
from tests.segmentation.leakage.bank import D1, HALF, TENTH, charge, checked, pass_on
from tests.segmentation.night.bank import JANUARY, customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def payer(manager) -> Customer:
    """A gold customer of whose 30.00 the half was waived; the account turns out to be a mass customer's."""
    policy(("mass", None, 0), ("gold", "1000", 0), lines=[HALF, TENTH])
    reach = {"manager": manager, "branch": manager.branch}
    gold = customer_with({JANUARY: "5000"}, number="G", **reach)
    mass = customer_with({JANUARY: "5"}, number="M", name="张伟", **reach)
    nights(D1.replace(month=1, day=31), D1.replace(month=1, day=31))
    charge(gold.holdings.get().account, D1, "30.00")
    nights(D1, D1)
    pass_on(gold.holdings.get().account, "M")
    return mass


def test_a_leak_is_found_and_corrected_by_two_people(
    page: Page, browse_as: Callable, admin, approver, auditor, payer: Customer, good: Callable, policy_kept: list
) -> None:
    check = checked()
    browse_as(admin)
    page.goto("/waiver-checks/")
    good("leakage-checks")
    page.get_by_role("link", name="Check the waivers").click()
    page.get_by_label("From").fill("2026-02-02")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("begins on the first day").first).to_be_visible()
    good("leakage-form")
    page.goto(f"/waiver-checks/{check.pk}/")
    expect(page.get_by_text("12.00").first).to_be_visible()
    good("leakage-check")
    page.goto(f"/waiver-checks/{check.pk}/charges/")
    good("leakage-charges")
    page.goto(f"/waiver-checks/{check.pk}/")
    page.get_by_role("link", name="Propose").click()
    page.get_by_label("Reason").fill("The holder was wrong")
    good("leakage-correct")
    page.get_by_role("button", name="Propose").click()

    browse_as(approver)
    page.goto("/proposals/")
    page.get_by_role("link", name="orrect").first.click()
    good("leakage-proposal")
    page.get_by_role("button", name="Approve").first.click()
    expect(page.get_by_text("Approved").first).to_be_visible()
    assert [entry.waived for entry in WaiverEntry.objects.order_by("number")] == [15, -15, 3]
    browse_as(auditor)
    page.goto("/waiver-reconciliation/?month=2026-02-01")
    good("reconciliation")
    page.goto("/waivers/?origin=correction")
    good("ledger-corrections")
    assert [said for said in policy_kept if "422" not in said] == []


def test_an_account_is_named_free_and_a_second_one_is_refused(
    page: Page, browse_as: Callable, manager, payer: Customer, good: Callable, policy_kept: list
) -> None:
    first, second = Account.objects.order_by("pk")
    assert {holder.customer for holder in (first.holders.get(), second.holders.get())} == {payer}
    browse_as(manager)
    page.goto(f"/customers/{payer.pk}/free-account/")
    page.get_by_label("Account").select_option(str(first.pk))
    page.get_by_label("From").fill("2026-03-01")
    good("free-account")
    page.get_by_role("button", name="Name it").click()
    page.goto(f"/customers/{payer.pk}/free-account/")
    page.get_by_label("Account").select_option(str(second.pk))
    page.get_by_label("From").fill("2026-04-01")
    page.get_by_role("button", name="Name it").click()
    expect(page.get_by_text(f"has named the account {first.number}").first).to_be_visible()
    page.goto(f"/customers/{payer.pk}/?tab=waivers")
    good("free-account-customer")
    assert [said for said in policy_kept if "422" not in said] == []
