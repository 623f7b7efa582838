"""A manager asks two departments for a ticket; one does its part, and the ticket tells how far all of it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from service.models import WorkOrder
from tests.factories import CustomerFactory, TeamFactory, TicketFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_departments_are_asked_and_the_ticket_tells_how_far_it_is(
    page: Page, browse_as: Callable, good: Callable, manager, teller
) -> None:
    customer = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    ticket = TicketFactory(customer=customer, subject="卡在国外不能取现")
    teams = [TeamFactory(code="cards", name="Card centre"), TeamFactory(code="it", name="IT operations")]
    for team in teams:
        team.members.add(teller)
    browse_as(manager)
    page.goto("/work-orders/")
    good("empty")
    page.goto(f"/tickets/{ticket.pk}/")
    page.get_by_role("link", name="Ask departments").click()
    page.get_by_label("What is to be done").fill("核对授权记录")
    page.get_by_label("Card centre").check()
    page.get_by_label("IT operations").check()
    good("ask")
    page.get_by_role("button", name="Open the orders").click()
    expect(page.get_by_text("Received by the departments")).to_be_visible()
    good("ticket")

    browse_as(teller)
    page.goto("/work-orders/")
    good("list")
    order = WorkOrder.objects.get(team__code="cards")
    page.goto(f"/work-orders/{order.pk}/")
    page.get_by_role("link", name="Done").click()
    page.get_by_label("What was done").fill("已核对")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("已核对")).to_be_visible()
    good("order")
    browse_as(manager)
    page.goto(f"/tickets/{ticket.pk}/")
    expect(page.get_by_text("In progress")).to_be_visible()
