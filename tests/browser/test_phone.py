"""An agent takes a call, verifies the caller, opens a complaint against a manager who can't see it, and escalates it; somebody who stays
anonymous complains too, and a call-back is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Call, Customer
from service.models import CallBack, Complaint, Ticket
from tests.browser.test_calls import answer, customer
from tests.factories import (
    CallReasonFactory,
    CallScriptFactory,
    MandateFactory,
    TeamFactory,
    TicketFactory,
    TicketQueueFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["customer"]


@pytest.fixture
def centre(agent: User) -> None:
    team = TeamFactory(name="Phone centre")
    team.members.add(agent)
    TicketQueueFactory(code="complaints", name="Complaints", team=team)
    CallReasonFactory(code="service", name="Unhappy with somebody")
    for moment, text in (
        ("ringing", "Good morning, may I ask you three things?"),
        ("verified", "Thank you. What may I do?"),
    ):
        CallScriptFactory(moment=moment, text_en=text)


def test_a_complaint_about_a_manager_is_opened_in_a_call_and_escalated_unseen_by_them(
    page: Page,
    browse_as: Callable,
    good: Callable,
    customer: Customer,
    centre: None,
    agent: User,
    manager: User,
    head: User,
) -> None:
    TicketFactory(customer=customer, subject="Old matter")
    MandateFactory(customer=customer, holder__name="李小红")
    browse_as(agent)
    page.goto("/")
    page.get_by_role("textbox", name="A call comes in").fill("13812345678")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Good morning, may I ask")).to_be_visible()
    page.get_by_role("button", name="Verify 张*").click()
    answer(page, Call.objects.get(), customer)
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_text("Thank you. What may I do?")).to_be_visible()
    expect(page.get_by_text("Old matter")).to_be_visible()
    good("verified")

    complaint = complain(page, manager)
    page.get_by_role("button", name="Tell the balances").click()
    expect(page.get_by_text("6222021001000014821")).to_be_visible()
    good("balances")
    wrap_up(page, good)
    escalate(page, complaint.ticket, head)
    is_unseen(page, browse_as, complaint, manager)
    browse_as(head)
    page.goto("/complaints/")
    expect(page.get_by_text("经理从不回电")).to_be_visible()


def complain(page: Page, manager: User) -> Complaint:
    page.get_by_role("link", name="Complaint", exact=True).click()
    page.get_by_label("Subject").fill("经理从不回电")
    page.get_by_label("What the customer says").fill("约好三次都没有回电。")
    page.get_by_label("Queue").select_option("complaints")
    page.get_by_label("Complains about (user name)").fill(manager.username)
    page.get_by_role("button", name="Open the ticket").click()
    expect(page.get_by_text("of this call")).to_be_visible()
    complaint = Complaint.objects.get()
    assert complaint.ticket.about == manager
    return complaint


def wrap_up(page: Page, good: Callable) -> None:
    page.get_by_role("link", name="Back to the call").click()
    page.get_by_role("link", name="Wrap up").click()
    page.get_by_label("Unhappy with somebody").check()
    page.get_by_label("What follows").select_option("ticket")
    good("wrap_up")
    page.get_by_role("heading", name="Wrap up the call").click()
    page.keyboard.press("5")
    page.keyboard.press("w")
    expect(page.get_by_text("The call is wrapped up.")).to_be_visible()
    assert Call.objects.get().wrap_up.reasons == ["service"]


def is_unseen(page: Page, browse_as: Callable, complaint: Complaint, manager: User) -> None:
    browse_as(manager)
    for place in (f"/tickets/{complaint.ticket_id}/", f"/complaints/{complaint.pk}/"):
        page.goto(place)
        expect(page.get_by_text("经理从不回电")).to_have_count(0)
    page.goto(f"/customers/{complaint.customer_id}/")
    expect(page.get_by_text("Old matter")).to_be_visible()
    expect(page.get_by_text("经理从不回电")).to_have_count(0)


def escalate(page: Page, ticket: Ticket, head: User) -> None:
    """To the head, as urgent."""
    page.goto(f"/tickets/{ticket.pk}/")
    page.get_by_role("link", name="Priority").click()
    page.get_by_label("Priority").select_option("urgent")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Urgent").first).to_be_visible()
    page.get_by_role("link", name="Assign").click()
    page.get_by_label("User name").fill(head.username)
    page.get_by_role("dialog").get_by_role("button", name="Assign").click()
    expect(page.get_by_text("Assigned.")).to_be_visible()
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.priority) == (head, "urgent")


def test_somebody_anonymous_complains_is_called_back_and_scripts_are_kept(
    page: Page, browse_as: Callable, good: Callable, customer: Customer, centre: None, agent: User, admin: User
) -> None:
    CallBack.objects.create(
        customer=customer, topic="Interest of the deposit", due_at=timezone.now() + timedelta(minutes=5), booked_by=agent,
        booked_at=timezone.now(),
    )  # fmt: skip
    browse_as(agent)
    page.goto("/tickets/add/nobody/")
    page.get_by_label("Stays anonymous").check()
    page.get_by_label("Kind").select_option("complaint")
    page.get_by_label("Subject").fill("夸大收益")
    page.get_by_label("What the customer says").fill("经理承诺保本。")
    page.get_by_label("Queue").select_option("complaints")
    good("nobody")
    page.get_by_role("button", name="Open the ticket").click()
    expect(page.get_by_text("Clock of the law")).to_be_visible()
    page.get_by_role("link", name="Anonymous").click()
    good("caller")

    page.goto("/")
    page.get_by_role("link", name="Interest of the deposit").click()
    good("call_back")
    page.get_by_role("button", name="Call back").click()
    expect(page.get_by_text("+8613812345678")).to_be_visible()
    good("taken")
    page.get_by_role("link", name="Go to the call").click()
    expect(page.get_by_text("Interest of the deposit")).to_be_visible()
    page.goto("/call-backs/")
    good("call_backs")

    browse_as(admin)
    page.goto("/call-scripts/")
    good("scripts")
    page.get_by_role("link", name="Change: The verification failed").click()
    page.get_by_label("English").fill("I am sorry.")
    page.get_by_label("Chinese").fill("很抱歉。")
    good("script")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("I am sorry.")).to_be_visible()
