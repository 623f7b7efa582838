"""The next ticket: by team and skill, what is due first, none twice and none lost; dealt out by what people can still carry."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from crm.base.errors import RuleBroken
from crm.identity.models import User
from service.models import Ticket, TicketQueue
from service.tickets.assigning import deal_out, take_next
from service.tickets.keeping import keep_queue
from tests.at_once import at_once
from tests.factories import (
    AbsenceFactory,
    DeskProfileFactory,
    TeamFactory,
    TicketFactory,
    TicketQueueFactory,
    UserFactory,
)

NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def desk(team, **profile) -> User:
    user = DeskProfileFactory(**profile).user
    team.members.add(user)
    return user


@pytest.mark.django_db
def test_the_next_is_due_first_of_the_own_team_and_skill(own) -> None:
    team = TeamFactory()
    plain, skilled = TicketQueueFactory(team=team), TicketQueueFactory(team=team, skill="forex")
    foreign = TicketQueueFactory()
    due = {"customer": own.customer, "status": "new"}
    late = TicketFactory(queue=plain, due_at=NOW + 3 * DAY, **due)
    forex = TicketFactory(queue=skilled, due_at=NOW + DAY, **due)
    TicketFactory(queue=foreign, due_at=NOW, **due)
    one, two = desk(team), desk(team, skills=["forex"])
    TicketFactory(queue=plain, due_at=NOW, about=one, **due)
    assert take_next(by=one, at=NOW) == late
    assert take_next(by=one, at=NOW) is None
    assert take_next(by=two, at=NOW).about == one and take_next(by=two, at=NOW) == forex
    late.refresh_from_db()
    assert (late.assignee, late.status, late.version) == (one, "open", 2)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_none_is_taken_twice_and_none_lost() -> None:
    queue = TicketQueueFactory()
    TicketFactory.create_batch(30, queue=queue, status="new")
    people = [desk(queue.team) for _number in range(12)]
    taken: list[Ticket | None] = []

    def work(user: User) -> None:
        for _number in range(3):
            taken.append(take_next(by=User.objects.get(pk=user.pk), at=NOW))

    assert at_once([lambda user=user: work(user) for user in people]) == []
    got = [ticket.pk for ticket in taken if ticket]
    while (left := take_next(by=people[0], at=NOW)) is not None:
        got.append(left.pk)
    assert sorted(got) == sorted(Ticket.objects.values_list("pk", flat=True)) and max(Counter(got).values()) == 1


@pytest.mark.django_db
def test_dealt_to_who_has_most_free_and_is_there_and_to_nobody_full(own) -> None:
    team = TeamFactory()
    queue = TicketQueueFactory(team=team, is_dealt=True)
    wide, small = desk(team, capacity=4), desk(team, capacity=2)
    desk(team, capacity=50, away_until=date(2026, 4, 3))
    away = UserFactory(manager=True)
    desk(team, user=away, capacity=50)
    AbsenceFactory(manager=away, since=date(2026, 4, 1), until=date(2026, 4, 9))
    TicketFactory.create_batch(2, customer=own.customer, assignee=small)
    TicketFactory(customer=own.customer, assignee=wide, status="waiting_customer")
    TicketFactory.create_batch(6, customer=own.customer, queue=queue, status="new")
    TicketFactory(customer=own.customer, queue=TicketQueueFactory(team=team), status="new")
    assert deal_out(at=NOW) == 4 and deal_out(at=NOW) == 0
    dealt = Ticket.objects.filter(queue=queue).exclude(assignee=None)
    assert {ticket.assignee for ticket in dealt} == {wide}
    assert wide.notifications.get().text == "4 tickets were dealt to you."


@pytest.mark.django_db
def test_heads_keep_queues_and_who_works_them_off(head, teller, manager, approver, signed_in) -> None:
    team = TeamFactory(code="phone", branch=head.branch)
    approver.branch = head.branch
    approver.save(update_fields=["branch"])
    browser = signed_in(head)
    browser.post("/ticket-queues/add/", {"code": "loans", "name": "Loans", "team": "phone", "skill": "Loans"})
    queue = TicketQueue.objects.get()
    assert (queue.skill, queue.team, queue.is_dealt) == ("loans", team, False)
    again = browser.post("/ticket-queues/add/", {"code": "loans", "name": "Other", "team": "phone"})
    assert again.status_code == 422 and "already" in again.text
    for user in (teller, manager):
        said = {"user": user.username, "capacity": "5", "skills": "Loans, cards", "teams": ["phone"]}
        assert browser.post("/desk-profiles/keep/", said).status_code == 302
    assert (
        teller.desk_profile.skills == ["cards", "loans"] and teller.teams.get() == team and not manager.teams.exists()
    )
    refused = browser.post("/desk-profiles/keep/", {"user": "approver", "capacity": "5"})
    assert refused.status_code == 422 and "does not work on tickets" in refused.text
    assert "Loans" in browser.get("/ticket-queues/").text and str(teller) in browser.get("/desk-profiles/").text


@pytest.mark.django_db
def test_a_head_keeps_what_is_of_the_own_branches(head, head_office, agent, teller, signed_in) -> None:
    own, whole = TeamFactory(branch=head.branch), TeamFactory(code="whole")
    queue, foreign = TicketQueueFactory(team=own), TicketQueueFactory(team=whole)
    browser, above = signed_in(head), signed_in(UserFactory(head=True, branch=head_office))
    said = {"name": "Loans", "team": "whole"}
    assert browser.get(f"/ticket-queues/{foreign.pk}/").status_code == 404
    assert browser.post(f"/ticket-queues/{queue.pk}/", said).status_code == 422
    assert above.post(f"/ticket-queues/{foreign.pk}/", said).status_code == 302
    teller.teams.set([own, whole])
    refused = browser.post("/desk-profiles/keep/", {"user": "agent", "capacity": "5"})
    assert refused.status_code == 422 and "no branch of yours" in refused.text
    assert browser.post("/desk-profiles/keep/", {"user": "teller", "capacity": "5"}).status_code == 302
    assert list(teller.teams.all()) == [whole]
    assert above.post("/desk-profiles/keep/", {"user": "agent", "capacity": "5"}).status_code == 302
    with pytest.raises(RuleBroken, match="of no branch of yours"):
        keep_queue(code="x", name="X", team=whole, skill="", is_dealt=False, by=head)
