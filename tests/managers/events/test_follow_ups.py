"""After an event: tasks for the managers of who attended, what a guest cost, and how balances moved."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from customers.models import Customer
from managers.events.planning import close_event
from managers.events.returns import changes_of, cost_per_guest
from managers.models import Event, Task
from managers.todo.services import open_tasks
from segmentation.models import FactsMonth
from tests.factories import CustomerFactory, EventFactory, InteractionFactory, InvitationFactory

pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 3, 4, 11, tzinfo=UTC)
LATER = BEGINS + timedelta(hours=4)


@pytest.fixture
def show(east, head) -> Event:
    return EventFactory(name="Concert", branch=east, host=head, places=9, starts_at=BEGINS)


@pytest.fixture
def guest(manager) -> Customer:
    return CustomerFactory(manager=manager, branch=manager.branch)


@pytest.fixture
def came(show, guest) -> None:
    """To whom nobody has spoken yet."""
    InvitationFactory(event=show, customer=guest, answered=True, state="attended", checked_in_at=BEGINS)


def keep(customer, day: date, balance: int) -> None:
    """What the night copies at a month end."""
    FactsMonth.objects.create(customer=customer, business_date=day, currency="CNY", balance=Decimal(balance))


def test_the_managers_of_those_who_attended_follow_up(show, came, guest, head, manager, signed_in):
    InvitationFactory(event=show, accepted=True, customer=CustomerFactory(manager=manager))
    before = manager.notifications.count()

    close_event(event=show, by=head, at=LATER)
    open_tasks(as_of=LATER)

    task = Task.objects.get()
    assert (task.kind, task.customer, task.due_on) == ("event_follow_up", guest, date(2026, 3, 7))
    assert str(task) == "“Concert” of 4 Mar 2026: ask how it was, and what comes next."
    assert manager.notifications.count() == before + 1
    page = signed_in(manager).get(f"/tasks/{task.pk}/close/").text
    assert f"/events/{show.pk}/" in page


def test_a_talk_since_settles_it_and_opens_none(show, came, guest, head, manager):
    close_event(event=show, by=head, at=LATER)
    InteractionFactory(customer=guest, by=manager, at=LATER + timedelta(hours=1))
    open_tasks(as_of=LATER + timedelta(hours=2))
    assert Task.objects.get().state == "done"


def test_the_page_tells_the_cost_per_guest_and_the_change_of_balances_in_reach(
    show, came, guest, other, head, manager, signed_in, queries
):
    InvitationFactory(event=show, customer=other.customer, answered=True, state="attended", checked_in_at=BEGINS)
    for day, amount in ((date(2026, 2, 28), 1000), (date(2026, 3, 31), 1500), (date(2026, 4, 30), 1250)):
        for customer in (guest, other.customer):
            keep(customer, day, amount)
    held = close_event(event=show, cost=Decimal(600), by=head, at=LATER)

    assert cost_per_guest(held, 2) == 300
    (change,) = changes_of(held, manager)
    assert (change.currency, change.guests, change.before, change.after, change.moved) == ("CNY", 1, 1000, 1250, 250)
    assert (change.before_on, change.after_on) == (date(2026, 2, 28), date(2026, 4, 30))
    client = signed_in(manager)
    with queries("event:held"):
        page = client.get(f"/events/{show.pk}/").text
    assert "300.00 <span" in page and "A change, no proof" in page
    assert [one.guests for one in changes_of(held, head)] == [1]
