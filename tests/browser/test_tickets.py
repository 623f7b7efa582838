"""An agent takes the next ticket, answers it with a question, and the customer's manager sees it; the admin writes service levels."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from service.models import Ticket
from tests.factories import (
    ComplaintFactory,
    CustomerFactory,
    DeskProfileFactory,
    TeamFactory,
    TicketFactory,
    TicketQueueFactory,
    TierFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_ticket_is_opened_taken_answered_and_seen(
    page: Page, browse_as: Callable, good: Callable, agent, manager
) -> None:
    customer = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    team = TeamFactory(name="Phone centre")
    team.members.add(agent)
    DeskProfileFactory(user=agent)
    TicketQueueFactory(code="cards", name="Cards", team=team)
    browse_as(agent)
    page.goto("/tickets/")
    good("empty")
    page.goto(f"/customers/{customer.pk}/ticket/")
    page.get_by_label("Subject").fill("卡在国外不能取现")
    page.get_by_label("What the customer says").fill("三次都失败")
    page.get_by_label("Queue").select_option("cards")
    good("new")
    page.get_by_role("button", name="Open the ticket").click()
    expect(page.get_by_role("heading", name="Due times")).to_be_visible()

    page.goto("/tickets/")
    good("queue")
    page.get_by_role("button", name="Take the next").click()
    ticket = Ticket.objects.get()
    assert ticket.assignee == agent
    page.get_by_label("Text").first.fill("请问在哪个国家？")
    page.get_by_label("Afterwards").select_option("waiting_customer")
    page.get_by_role("button", name="Reply").first.click()
    expect(page.get_by_text("The reply is kept.")).to_be_visible()
    expect(page.get_by_text("paused").first).to_be_visible()
    good("ticket")
    page.get_by_role("link", name="Assign").click()
    expect(page.get_by_label("User name")).to_be_visible()
    good("assign")

    browse_as(manager)
    TicketFactory(customer=customer, overdue=True, subject="Overdue one")
    page.goto(f"/customers/{customer.pk}/")
    expect(page.get_by_text("1 overdue ticket")).to_be_visible()
    good("customer")


def test_service_levels_are_written_and_proposed(page: Page, browse_as: Callable, good: Callable, admin) -> None:
    TierFactory(gold=True)
    browse_as(admin)
    page.goto("/service-levels/")
    good("levels")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_role("button", name="Add a calendar").click()
    page.get_by_label("Code").fill("office")
    page.get_by_label("Name").first.fill("Office hours")
    page.get_by_label("Reason").fill("Hours")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("at least one day of the week").first).to_be_visible()
    good("propose")
    page.get_by_label("Monday").fill("09:00-17:30")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("Proposed. Somebody else approves it.")).to_be_visible()


def test_a_complaint_is_answered_by_the_law(page: Page, browse_as: Callable, good: Callable, head, manager) -> None:
    customer = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    ticket = TicketFactory(customer=customer, kind="complaint", subject="约定回电未回", about=manager)
    complaint = ComplaintFactory(ticket=ticket)
    browse_as(manager)
    assert page.goto(f"/complaints/{complaint.pk}/").status == 404
    browse_as(head)
    page.goto("/complaints/")
    good("complaints")
    page.get_by_text("约定回电未回").click()
    good("complaint")
    page.get_by_role("link", name="Say", exact=True).click()
    page.get_by_label("Found to be complex").check()
    page.get_by_label("Text; a notice").fill("涉及两个部门")
    good("say")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Found to be complex").first).to_be_visible()
    expect(page.get_by_role("link", name="Ask for an extension")).to_be_visible()
    page.goto("/ticket-queues/")
    good("queues")
    page.goto("/desk-profiles/keep/")
    good("profile")


def test_a_board_leads_to_the_rows_of_its_figures(
    page: Page, browse_as: Callable, good: Callable, head, manager
) -> None:
    customer = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    queue = TicketQueueFactory(team__name="Phone centre")
    now = timezone.now()
    for hours in (2, 5, 30):
        TicketFactory(
            customer=customer,
            queue=queue,
            opened_at=now - timedelta(hours=40),
            solved=True,
            ended_at=now - timedelta(hours=40 - hours),
        )
    TicketFactory(customer=customer, opened_at=now - timedelta(hours=1), kind="complaint", subject="Noch offen")
    browse_as(head)
    page.goto("/tickets/")
    page.get_by_role("link", name="Board").click()
    page.get_by_role("link", name="Team", exact=True).click()
    expect(page.get_by_role("row", name="Phone centre")).to_contain_text("5 h")
    good("board")
    page.get_by_role("row", name="Together").get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_text("Noch offen")).to_be_visible()
    good("rows")
