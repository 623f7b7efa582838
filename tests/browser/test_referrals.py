"""A teller refers in two keys; the manager answers; the teller sees it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from managers.models import Referral
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_customer_is_referred_in_two_keys_and_answered(
    page: Page, browse_as: Callable, good: Callable, teller, manager
) -> None:
    customer = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    browse_as(teller)
    page.goto("/referrals/")
    good("empty")
    page.goto(f"/customers/{customer.pk}/")
    page.keyboard.press("r")
    expect(page.get_by_text("One key says what it is about and sends it.")).to_be_visible()
    good("refer")
    page.keyboard.press("2")
    expect(page.get_by_text("Referred. You are told what becomes of it.")).to_be_visible()
    assert Referral.objects.get().family == "fund"
    good("referred")

    browse_as(manager)
    page.goto("/referrals/")
    page.get_by_role("link", name="张伟").click()
    page.get_by_label("Decline").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Say why.").last).to_be_visible()
    good("answer")
    page.get_by_label("Reason").fill("Called last week")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("The teller is told.")).to_be_visible()

    browse_as(teller)
    page.goto("/referrals/")
    expect(page.get_by_text("Called last week")).to_be_visible()
    good("answered")
