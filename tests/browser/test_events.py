"""An invitation is declined, and the first of the waiting list has the place; seen at a desk and on a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from managers.events.answering import answer_invitation
from managers.models import Event
from tests.factories import ConsentFactory, CustomerFactory, EventFactory, InvitationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ["张伟", "李娜", "王芳"]


@pytest.fixture
def dinner(manager, head) -> Event:
    event = EventFactory(name="新春品鉴晚宴", branch=manager.branch, host=head, places=1)
    for name in NAMES:
        customer = CustomerFactory(name=name, manager=manager, branch=manager.branch)
        ConsentFactory(customer=customer, channel="branch")
        guest = InvitationFactory(event=event, customer=customer, invited_by=manager)
        if name != NAMES[2]:
            answer_invitation(invitation=guest, state="accepted", by=manager, at=timezone.now())
    return event


def test_who_declines_makes_room_for_who_waits(
    page: Page, browse_as: Callable, good: Callable, dinner: Event, manager
) -> None:
    browse_as(manager)
    page.goto("/events/")
    good("list")
    page.get_by_role("link", name="新春品鉴晚宴").click()
    expect(page.get_by_role("row", name="李娜")).to_contain_text("Waiting")
    good("event")
    page.get_by_role("link", name="Answer of 张伟").click()
    expect(page.get_by_role("spinbutton", name="Companions")).to_be_focused()
    good("answer")
    page.get_by_role("button", name="Declines").click()

    expect(page.get_by_text("张伟: Cancelled.")).to_be_visible()
    expect(page.get_by_role("row", name="李娜")).to_contain_text("Accepted")
    good("promoted")

    page.get_by_role("link", name="Answer of 王芳").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("spinbutton", name="Companions")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="王芳")).to_contain_text("Waiting")


def test_a_head_plans_and_a_manager_invites(
    page: Page, browse_as: Callable, good: Callable, dinner: Event, manager, head
) -> None:
    CustomerFactory(name="赵磊", manager=manager, branch=manager.branch)
    ConsentFactory(customer=CustomerFactory(name="孙浩", manager=manager, branch=manager.branch), channel="branch")
    browse_as(head)
    page.goto("/events/new/")
    good("plan")
    page.goto(f"/events/{dinner.pk}/")
    good("of_head")
    page.get_by_role("link", name="Cancel the event").click()
    good("cancel")
    browse_as(manager)
    page.goto(f"/events/{dinner.pk}/invite/")
    good("whom")
    page.locator("#id_channel").select_option("branch")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("no marketing consent")).to_be_visible()
    good("judged")
    page.get_by_role("button", name="Invite who is ticked").click()
    expect(page.get_by_text("1 customer is invited.")).to_be_visible()


def test_after_the_event_gifts_are_recorded_and_one_above_the_cap_is_proposed(
    page: Page, browse_as: Callable, good: Callable, dinner: Event, manager, settings
) -> None:
    settings.CRM_GIFT_CAP = 500
    now = timezone.now()
    Event.objects.filter(pk=dinner.pk).update(
        state="held", starts_at=now - timedelta(days=3), ends_at=now - timedelta(days=2), cost=800
    )
    dinner.invitations.accepted().update(state="attended", checked_in_at=now)
    browse_as(manager)
    page.goto(f"/events/{dinner.pk}/")
    expect(page.get_by_text("Cost per guest who attended")).to_be_visible()
    good("held")
    page.get_by_role("link", name="Value per guest").click()
    page.get_by_label("What").fill("晚宴")
    page.get_by_label("Value per guest").fill("400")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Recorded for 1 guest.")).to_be_visible()

    page.goto("/gifts/new/?customer=张伟")
    good("gift")
    page.get_by_label("What").fill("钢笔")
    page.get_by_label("Value").fill("200")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("needs an approval").last).to_be_visible()
    good("above")
    page.get_by_label("Reason").fill("开户三十周年")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Proposed: somebody else decides.")).to_be_visible()
    good("gifts")
    page.goto("/gifts/given/")
    expect(page.get_by_role("row", name="张伟")).to_contain_text("100.00")
    good("given")
