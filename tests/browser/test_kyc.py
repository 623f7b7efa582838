"""A manager works through a KYC review."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from tests.factories import CustomerFactory, DocumentFactory, KycReviewFactory, RiskRatingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHECKS = (
    "Valid identity document",
    "Address",
    "Occupation",
    "Source of funds",
    "Screening: politically exposed, sanctions",
)


def test_a_review_that_is_late_is_begun_and_concluded(
    page: Page, browse_as: Callable, manager: User, good: Callable
) -> None:
    customer = CustomerFactory(name="李娜", manager=manager, branch=manager.branch)
    DocumentFactory(customer=customer)
    RiskRatingFactory(customer=customer)
    KycReviewFactory(customer=customer, due_on=timezone.localdate() - timedelta(days=3))
    browse_as(manager)
    page.goto("/kyc-reviews/")
    good("list")
    page.get_by_role("link", name="李娜").click()
    page.get_by_role("link", name="Begin the review").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("button", name="Conclude")).to_be_visible()
    for check in CHECKS:
        page.get_by_label(check, exact=True).select_option("ok")
    good("review")
    page.get_by_label("Conclusion", exact=True).select_option("keep")
    page.get_by_label("Reason of the conclusion").fill("Salary of a teacher")
    page.get_by_role("button", name="Conclude").click()
    expect(page.get_by_text("Go on as before")).to_be_visible()
    good("tab")
