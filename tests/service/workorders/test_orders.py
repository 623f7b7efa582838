"""Work orders: several departments for one matter, each with its part, and one status towards the customer."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from crm.base.errors import RuleBroken
from service.models import WorkOrder, WorkOrderStep
from service.tickets.services import move
from service.workorders.services import cancel_order, finish, give_back, open_orders, pass_on, take
from service.workorders.words import Progress, progress_of
from tests.factories import TeamFactory, TicketFactory
from tests.factories.service_requests import ServiceRequestFactory
from tests.factories.workorders import WorkOrderFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ticket(own):
    return TicketFactory(customer=own.customer)


@pytest.fixture
def team(agent):
    team = TeamFactory(name="Cards")
    team.members.add(agent)
    return team


def opened(ticket, by, *departments, **more) -> list[WorkOrder]:
    now = timezone.now()
    said = {"what": "Look for the document", "due_at": now + DAY, "ticket": ticket} | more
    return open_orders(departments=departments, by=by, at=now, **said)


def test_each_department_gets_an_order_and_its_people_hear_of_it(ticket, team, agent, manager, head, east, own) -> None:
    orders = opened(ticket, manager, team, east, team)
    assert [each.department for each in orders] == [team, east] and {each.customer for each in orders} == {own.customer}
    assert "Cards" in agent.notifications.get().text and "Look for" in head.notifications.get().text
    assert WorkOrderStep.objects.count() == 2


@pytest.mark.parametrize(
    ("states", "progress"),
    [
        ("", None),
        ("cancelled", None),
        ("open open", Progress.RECEIVED),
        ("open done", Progress.IN_PROGRESS),
        ("taken", Progress.IN_PROGRESS),
        ("returned done", Progress.IN_PROGRESS),
        ("done cancelled", Progress.DONE),
    ],
)
def test_the_customer_is_told_one_status(states, progress) -> None:
    assert progress_of(states.split()) == progress


def test_who_belongs_to_the_department_says_what_becomes_of_it(ticket, team, agent, manager) -> None:
    (order,) = opened(ticket, manager, team)
    now = timezone.now()
    for verb in (take, finish, give_back):
        said = {} if verb is take else {"words": "Found"}
        with pytest.raises(RuleBroken, match="somebody there"):
            verb(order=order, by=manager, at=now, **said)
    assert take(order=order, by=agent, at=now).taken_by == agent
    with pytest.raises(RuleBroken, match="no way"):
        take(order=order, by=agent, at=now)
    with pytest.raises(RuleBroken, match="in words"):
        finish(order=order, words=" ", by=agent, at=now)
    assert finish(order=order, words="Found", by=agent, at=now).ended_at == now
    assert "All departments are done" in manager.notifications.get().text


def test_whoever_opened_it_hears_once_the_last_is_done(ticket, team, agent, manager) -> None:
    other = TeamFactory()
    other.members.add(agent)
    first, second = opened(ticket, manager, team, other)
    finish(order=first, words="Found", by=agent, at=timezone.now())
    assert not manager.notifications.exists()
    finish(order=second, words="Filed", by=agent, at=timezone.now())
    assert manager.notifications.count() == 1


def test_what_is_given_back_is_passed_on_by_whoever_opened_it(ticket, team, agent, manager, manager2) -> None:
    (order,) = opened(ticket, manager, team)
    now = timezone.now()
    give_back(order=order, words="Not ours", by=agent, at=now)
    assert "Given back by Cards" in manager.notifications.get().text
    other = TeamFactory()
    with pytest.raises(RuleBroken, match="opened it decides"):
        pass_on(order=order, to=other, words="", due_at=now + DAY, by=manager2, at=now)
    with pytest.raises(RuleBroken, match="later than now"):
        pass_on(order=order, to=other, words="", due_at=now, by=manager, at=now)
    passed = pass_on(order=order, to=other, words="Yours", due_at=now + 2 * DAY, by=manager, at=now)
    assert (passed.state, passed.team, passed.due_at) == ("open", other, now + 2 * DAY)
    assert [step.state for step in passed.steps.all()] == ["open", "returned", "open"]


def test_a_ticket_is_not_solved_while_a_department_works_on_it(ticket, team, manager) -> None:
    asked = ServiceRequestFactory(customer=ticket.customer, ticket=ticket)
    orders = [*opened(ticket, manager, team), *opened(None, manager, team, request=asked)]
    now = timezone.now()
    for order in orders:
        with pytest.raises(RuleBroken, match="still work on it"):
            move(ticket=ticket, status="solved", by=manager, at=now)
        cancel_order(order=order, words="No longer", by=manager, at=now)
    assert move(ticket=ticket, status="solved", by=manager, at=now).status == "solved"


def test_it_is_of_one_matter_that_is_open_and_due_later(own, ticket, team, manager) -> None:
    now, solved = timezone.now(), TicketFactory(customer=own.customer, solved=True)
    refused = ServiceRequestFactory(customer=own.customer, state="cancelled", ended_at=now)
    for more, words in (
        ({"ticket": solved}, "solved"), ({"ticket": None}, "of a ticket or of a request"), ({"what": " "}, "what is to be done"),
        ({"due_at": now - DAY}, "later than now"), ({"ticket": None, "request": refused}, "has ended"),
        ({"request": ServiceRequestFactory(customer=own.customer)}, "of a ticket or of a request"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match=words):
            opened(more.pop("ticket", ticket), manager, team, **more)
    with pytest.raises(RuleBroken, match="1 to 20 departments"):
        opened(ticket, manager)
    assert not WorkOrder.objects.exists()


def test_the_database_keeps_the_ways_and_what_was_said(own) -> None:
    order = WorkOrderFactory(customer=own.customer)
    row = WorkOrder.objects.filter(pk=order.pk)
    for change in ({"state": "returned"}, {"state": "done", "ended_at": timezone.now()}):
        with transaction.atomic():
            row.update(**change)
            transaction.set_rollback(True)
    for wrong in ({"ticket": None}, {"opened_at": timezone.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**wrong)
    row.update(state="done", ended_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(state="open", ended_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkOrderStep.objects.update(words="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkOrderFactory(customer=own.customer, team=None)


def test_a_department_sees_its_orders_and_whom_one_is_about_does_not(other, team, agent, manager, teller) -> None:
    team.members.add(manager, teller)
    about = WorkOrderFactory(
        team=team, customer=other.customer, ticket=TicketFactory(customer=other.customer, about=manager)
    )
    plain = WorkOrderFactory(team=team, customer=other.customer)
    WorkOrderFactory(customer=other.customer)
    assert set(WorkOrder.objects.visible_to(teller)) == {about, plain}
    assert set(WorkOrder.objects.visible_to(manager)) == {plain}


def test_two_who_take_it_at_once_are_one(ticket, team, agent, manager) -> None:
    (order,) = opened(ticket, manager, team)
    take(order=order, by=agent, at=timezone.now(), version=1)
    with pytest.raises(RuleBroken, match="in the meantime"):
        give_back(order=order, words="Not ours", by=agent, at=timezone.now(), version=1)
