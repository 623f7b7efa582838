"""A complaint is acknowledged, answered with its cause, given back a fee for, reviewed above and entered in the register."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from service.complaints.services import answer
from service.models import Complaint
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    ComplaintFactory,
    CustomerFactory,
    FeeChargeFactory,
    TicketFactory,
    TierPeriodFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaint(manager) -> Complaint:
    customer = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    account = AccountFactory()
    AccountHolderFactory(account=account, customer=customer)
    TierPeriodFactory(customer=customer)
    FeeChargeFactory(account=account, amount=Decimal("30.00"))
    return ComplaintFactory(ticket=TicketFactory(customer=customer, kind="complaint", subject="短信费重复收取"))


def test_a_complaint_is_acknowledged_compensated_and_answered(
    page: Page, browse_as: Callable, good: Callable, complaint, head
) -> None:
    browse_as(head)
    page.goto(f"/complaints/{complaint.pk}/")
    page.get_by_role("link", name="Acknowledge", exact=True).click()
    expect(page.get_by_label("Language of the letter")).to_be_visible()
    good("acknowledge")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The letter is kept.")).to_be_visible()
    page.get_by_role("link", name="Propose", exact=True).click()
    page.get_by_label("Fee to give back").select_option(index=1)
    page.get_by_label("Amount").fill("12.50")
    page.get_by_label("Reason").fill("Charged twice")
    good("compensate")
    page.get_by_role("dialog").get_by_role("button", name="Propose").click()
    expect(page.get_by_text("12.50").first).to_be_visible()
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_label("Final answer").fill("We give it back.")
    page.get_by_label("Root cause").select_option("fees")
    page.get_by_role("checkbox", name="Compensation").check()
    good("answer")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Fees and charges")).to_be_visible()


def test_a_review_is_asked_for_decided_and_registered(
    page: Page, browse_as: Callable, good: Callable, complaint, head, teller, head_office
) -> None:
    above = UserFactory(head=True, branch=head_office, name="Above")
    answer(
        complaint=complaint, words="One month.", cause="fees", remedies=["apology"], by=head, at=timezone.now()
    )  # fmt: skip
    browse_as(teller)
    page.goto(f"/complaints/{complaint.pk}/")
    page.get_by_role("link", name="Ask for a review").click()
    page.get_by_label("Why the customer").fill("The other month as well.")
    good("ask-review")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("The reviewer is told.")).to_be_visible()
    browse_as(above)
    page.goto(f"/complaints/{complaint.pk}/")
    page.get_by_role("link", name="Decide the review").click()
    page.get_by_label("The answer is changed").check()
    page.get_by_label("Decision").fill("Both months.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Both months.")).to_be_visible()
    good("complaint")
    page.goto("/complaints/register/")
    expect(page.get_by_role("link", name="answered in time")).to_be_visible()
    good("register")


def test_complaint_rules_are_read_and_proposed(
    page: Page, browse_as: Callable, good: Callable, in_chinese: Callable, admin
) -> None:
    browse_as(admin)
    page.goto("/complaint-rules/")
    good("rules")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_role("button", name="Add a regime").click()
    page.locator("#regime-0-code").fill("sg")
    page.locator("#regime-0-name").fill("Singapore")
    page.locator("#regime-0-zone").fill("Asia/Singapore")
    page.locator("#regime-0-holidays").fill("SG")
    page.get_by_label("Reason").fill("A branch there")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("at least one stage").first).to_be_visible()
    good("propose-rules")
    page.get_by_role("button", name="Add a stage").click()
    page.locator("#stage-0-regime").select_option("sg")
    page.locator("#stage-0-code").fill("answer")
    page.locator("#stage-0-days").fill("20")
    page.locator("#stage-0-unit").select_option("business")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("Proposed. Somebody else approves it.")).to_be_visible()


def test_tickets_and_complaints_fit_a_phone_in_chinese(
    page: Page, browse_as: Callable, good: Callable, in_chinese: Callable, complaint, head
) -> None:
    in_chinese()
    browse_as(head)
    for name, url in (
        ("zh-tickets", "/tickets/"),
        ("zh-ticket", f"/tickets/{complaint.ticket_id}/"),
        ("zh-complaints", "/complaints/"),
        ("zh-complaint", f"/complaints/{complaint.pk}/"),
        ("zh-queues", "/ticket-queues/"),
        ("zh-rules", "/complaint-rules/"),
    ):
        page.goto(url)
        good(name)
