"""Two hundred agents who take tickets at the same moment, again and again."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from crm.identity.models import User
from service.models import Ticket, TicketStep
from service.tickets.assigning import take_next
from tests.at_once import at_once
from tests.factories import TeamFactory, TicketFactory, TicketQueueFactory, UserFactory

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
AGENTS, TICKETS = 200, 900


def test_two_hundred_agents_at_once_take_none_twice_and_lose_none() -> None:
    queue = TicketQueueFactory(team=TeamFactory())
    TicketFactory.create_batch(TICKETS, queue=queue, status="new")
    agents = UserFactory.create_batch(AGENTS, agent=True)
    queue.team.members.set(agents)
    taken: list[int] = []

    def work(user: User) -> None:
        while (ticket := take_next(by=User.objects.get(pk=user.pk), at=NOW)) is not None:
            taken.append(ticket.pk)

    assert at_once([lambda user=user: work(user) for user in agents]) == []
    assert Counter(taken) == dict.fromkeys(Ticket.objects.values_list("pk", flat=True), 1)
    assert not Ticket.objects.filter(assignee=None).exists()
    assert TicketStep.objects.filter(act=TicketStep.Act.ASSIGNED).count() == TICKETS
