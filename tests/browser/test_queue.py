"""A gold-card customer takes a number at a foreign branch and is called by the rules; the wall shows it without a reload."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from customers.models import Customer
from segmentation.models import Tier
from service.models import BranchQueue
from tests.factories import (
    BookingFactory,
    BranchQueueFactory,
    BusinessKindFactory,
    CounterFactory,
    QueueNumberFactory,
    RoomFactory,
    TierPeriodFactory,
)
from tests.segmentation.standards.bank import line, use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def gold(other) -> Customer:
    """Of another branch than the teller's."""
    use(line("gold", "card", queue_weight=8))
    TierPeriodFactory(customer=other.customer, tier=Tier.objects.get(code="gold"))
    return other.customer


@pytest.fixture
def queue(teller) -> BranchQueue:
    """Somebody waits for 35 minutes; another counter serves loans alone."""
    cash, loans = BusinessKindFactory(), BusinessKindFactory(code="loans")
    queue = BranchQueueFactory(branch=teller.branch)
    CounterFactory(queue=queue, serves=[cash, loans])
    CounterFactory(queue=queue, serves=[loans])
    QueueNumberFactory(queue=queue, kind=cash, serial=501, taken_at=timezone.now() - 35 * MINUTE)
    return queue


def take(page: Page, shown: str) -> None:
    page.goto("/queue/take/")
    page.get_by_label("Cash").check()
    page.get_by_label("Card, phone number, document or customer number").fill(shown)
    page.get_by_role("button", name="Give the number").click()
    expect(page.get_by_text("Back to the desk")).to_be_visible()


def test_gold_is_called_first_at_a_foreign_branch_and_the_late_one_after_two(
    page: Page, browser: Browser, browse_as: Callable, good: Callable, live_server, teller, gold, queue
) -> None:
    browse_as(teller)
    page.goto("/queue/")
    page.get_by_role("button", name="Counter 1").click()
    for _count in range(3):
        take(page, gold.number)
    good("ticket")
    hall = browser.new_page(base_url=live_server.url, viewport={"width": 1280, "height": 800})
    hall.goto(f"/wall/{queue.wall_key}/")
    page.goto("/queue/")
    called = []
    for _count in range(4):
        page.keyboard.press("n")
        expect(page.get_by_role("button", name="Serve")).to_be_visible()
        called.append(page.locator(".queue-label").inner_text())
        if len(called) == 1:
            good("called")
            expect(hall.get_by_role("cell", name=called[0])).to_be_visible(timeout=10_000)
        page.keyboard.press("s")
        expect(page.get_by_role("button", name="Finish")).to_be_visible()
        page.keyboard.press("f")
        expect(page.get_by_role("button", name="Call the next")).to_be_visible()
    assert called == ["C502", "C503", "C501", "C504"]
    hall.close()


def test_the_pages_of_the_queue(
    page: Page, browse_as: Callable, good: Callable, teller, head, admin, gold, queue
) -> None:
    counter = queue.counters.first()
    QueueNumberFactory(queue=queue, serial=7, called=True, counter=counter)
    number = QueueNumberFactory(queue=queue, customer=gold, tier=Tier.objects.get(code="gold"), weight=8)
    page.goto(f"/wall/{queue.wall_key}/")
    good("wall")
    pages = {
        "desk": "/queue/", "number": f"/queue/numbers/{number.pk}/", "numbers": "/queue/numbers/", "waits": "/queue-waits/",
        "take": "/queue/take/", "paper": "/queue/paper/", "block": "/queue/paper/block/", "counters": "/counters/",
        "counter": f"/counters/{counter.pk}/", "branch": "/counters/queue/",
    }  # fmt: skip
    browse_as(head)
    for name, path in pages.items():
        page.goto(path)
        good(name)
    browse_as(admin)
    for name, path in {
        "rules": "/queue-rules/",
        "propose": "/queue-rules/propose/",
        "kinds": "/business-kinds/",
    }.items():
        page.goto(path)
        good(name)


def test_a_vip_is_seen_at_the_reception_without_a_reload_and_a_booking_arrives(
    page: Page, browse_as: Callable, good: Callable, head, own, gold, queue
) -> None:
    room, now = RoomFactory(branch=queue.branch, name="Jade"), timezone.now()
    booked = {"meeting__customer": own.customer, "meeting__manager": own.customer.manager, "room": room}
    booking = BookingFactory(meeting__starts_at=now, meeting__ends_at=now + 30 * MINUTE, **booked)
    browse_as(head)
    page.goto("/reception/")
    expect(page.get_by_text("Jade")).to_be_visible()
    QueueNumberFactory(queue=queue, customer=gold, tier=Tier.objects.get(code="gold"), weight=8, serial=12)
    expect(page.get_by_text("C012")).to_be_visible(timeout=10_000)
    good("reception")
    page.goto(f"/bookings/{booking.pk}/")
    good("booking")
    page.get_by_role("link", name="Arrived").click()
    page.get_by_role("button", name="They are here").click()
    expect(page.get_by_text("The manager is told.")).to_be_visible()
    for name, path in {"bookings": "/bookings/", "book": "/bookings/add/", "rooms": "/rooms/"}.items():
        page.goto(path)
        good(name)
