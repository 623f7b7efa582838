"""An approver publishes a contact plan and watches the book being reckoned; nothing else is needed than a worker."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.approvals.services import approve, propose
from crm.identity.models import User
from managers.models import DueContact
from tests.factories import CustomerFactory, TierPeriodFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_plan_is_approved_and_the_book_follows_in_the_background(
    page: Page, browse_as: Callable, good: Callable, in_chinese: Callable, admin: User, approver: User,
    request: pytest.FixtureRequest, policy_kept: list[str],
) -> None:  # fmt: skip
    for customer in CustomerFactory.create_batch(3):
        TierPeriodFactory(customer=customer, gold=True)
    content = {"lines": [{"tier": "gold", "every": 90, "unit": "days"}]}
    made = propose(kind="contact_plan", content=content, title="Contact plan", reason="Too rare", by=admin)
    approve(proposal=made, by=approver, at=timezone.now(), content_hash=made.content_hash)
    browse_as(approver)
    page.goto("/contact-plan/")
    expect(page.locator("#progress")).to_contain_text("You can leave this page")
    assert not DueContact.objects.exists()
    good("under-way")
    request.getfixturevalue("worker")
    expect(page.locator("#progress")).to_contain_text("3 contacts are due on other days", timeout=60_000)
    assert DueContact.objects.count() == 3
    good("ended")
    in_chinese()
    page.reload()
    good("ended-zh")
    assert policy_kept == []
