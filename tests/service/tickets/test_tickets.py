"""A ticket from its opening to its end: who has it, what it may become, and what is refused with a sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.services import assign_manager
from service.models import Ticket, TicketMessage, TicketStep
from service.tickets.assigning import assign, enqueue
from service.tickets.joining import link, unwatch, watch, watchers_of
from service.tickets.numbers import check_digit, spoken, typed
from service.tickets.services import hear, move, note, open_ticket, reply, set_priority
from service.tickets.sweeping import close_solved
from tests.factories import (
    AssignmentFactory,
    BranchFactory,
    TicketFactory,
    TicketQueueFactory,
    TierFactory,
    TierPeriodFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def made(own, teller) -> Ticket:
    return opened(own.customer, teller)


def opened(customer, by, **more) -> Ticket:
    said = {"kind": "question", "channel": "phone", "subject": "Card", "body": "It does not work.", "impact": "low"}
    return open_ticket(customer=customer, by=by, at=NOW, **said | more)


def test_it_is_the_managers_who_is_told_and_due_by_what_holds(made, manager):
    assert (made.assignee, made.status, made.due_at, made.due_kind) == (
        manager,
        "new",
        NOW + 4 * HOUR,
        "first_response",
    )
    assert typed(made.number) and spoken(made.number) in str(made)
    assert Event.objects.get(action="ticket.opened").customer_id == made.customer_id


def test_in_a_queue_it_is_nobodys_yet(own, teller):
    assert opened(own.customer, teller, queue=TicketQueueFactory()).assignee is None


@pytest.mark.parametrize(
    ("tier", "impact", "priority"), [("gold", "low", "high"), ("mass", "low", "normal"), ("mass", "high", "high")]
)
def test_the_priority_follows_from_tier_and_impact(own, teller, tier, impact, priority):
    TierPeriodFactory(customer=own.customer, tier=TierFactory(code=tier))
    assert opened(own.customer, teller, impact=impact).priority == priority


def test_a_reply_answers_and_while_the_customer_thinks_no_time_passes(made, manager):
    reply(ticket=made, body="Try again.", by=manager, at=NOW + HOUR, status="waiting_customer")
    made.refresh_from_db()
    assert (made.status, made.is_paused, made.due_kind, made.due_at) == (
        "waiting_customer",
        True,
        "solution",
        NOW + 3 * DAY,
    )
    hear(ticket=made, body="Still not.", by=manager, at=NOW + 11 * HOUR)
    made.refresh_from_db()
    assert (made.status, made.is_paused, made.due_kind) == ("open", False, "next_response")
    assert made.due_at == NOW + 19 * HOUR and made.clocks.get(kind="solution").due_at == NOW + 3 * DAY + 10 * HOUR


def test_solved_is_opened_again_by_a_word_and_closed_by_time(made, manager):
    reply(ticket=made, body="Here you are.", by=manager, at=NOW + HOUR, status="solved")
    made.refresh_from_db()
    assert (made.ended_at, made.due_at, made.due_kind) == (NOW + HOUR, None, "")
    hear(ticket=made, body="No.", by=manager, at=NOW + DAY)
    made.refresh_from_db()
    assert (made.status, made.ended_at) == ("open", None) and made.steps.last().act == "reopened"
    move(ticket=made, status="solved", by=manager, at=NOW + 2 * DAY)
    assert close_solved(at=NOW + 8 * DAY) == 0 and close_solved(at=NOW + 9 * DAY) == 1
    made.refresh_from_db()
    for verb in (reply, hear):
        with pytest.raises(RuleBroken, match="closed: open another"):
            verb(ticket=made, body="More", by=manager, at=NOW + 10 * DAY)
    note(ticket=made, body="For the file", by=manager, at=NOW + 10 * DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ticket.objects.filter(pk=made.pk).update(status="open", ended_at=None, due_at=NOW, due_kind="solution")


@pytest.mark.parametrize(
    ("before", "after"), [("open", "closed"), ("open", "new"), ("solved", "waiting_inside"), ("closed", "open")]
)
def test_there_is_no_way_between_some(own, manager, before, after):
    ends = {"ended_at": NOW, "due_at": None, "due_kind": ""} if before in ("solved", "closed") else {}
    ticket = TicketFactory(customer=own.customer, status=before, **ends)
    with pytest.raises(RuleBroken, match="there is no way"):
        move(ticket=ticket, status=after, by=manager, at=NOW)


def test_an_open_ticket_is_always_due(own):
    for broken in ({"due_at": None}, {"due_kind": ""}, {"status": "solved"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TicketFactory(customer=own.customer, **broken)


def test_a_part_is_solved_before_the_whole(made, own, other, teller, manager):
    part = opened(own.customer, teller, parent=made)
    with pytest.raises(RuleBroken, match="parts are still open"):
        move(ticket=made, status="solved", by=manager, at=NOW)
    move(ticket=part, status="solved", by=manager, at=NOW)
    assert move(ticket=made, status="solved", by=manager, at=NOW).status == "solved"
    with pytest.raises(RuleBroken, match="same customer"):
        opened(other.customer, teller, parent=made)


def test_what_was_said_and_done_never_changes(made, manager):
    note(ticket=made, body="Quiet", by=manager, at=NOW)
    for rows in (TicketStep.objects.all(), TicketMessage.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        TicketMessage.objects.update(body="Loud")
    assert [each.is_public for each in TicketMessage.objects.order_by("pk")] == [True, False]


def test_whom_it_complains_about_never_has_sees_or_hears_of_it(own, teller, manager, head):
    made = opened(own.customer, teller, kind="complaint", about=manager)
    assert made.assignee is None and not manager.notifications.exists()
    assert not Ticket.objects.visible_to(manager).exists() and Ticket.objects.visible_to(teller).exists()
    assert watchers_of(made) == []
    with pytest.raises(RuleBroken, match="can't have"):
        assign(ticket=made, to=manager, by=head, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=made.pk).update(assignee=manager)


def test_it_is_given_to_who_reaches_the_customer(made, manager2, head, admin):
    for to, said in ((manager2, "can't have"), (admin, "does not work on")):
        with pytest.raises(RuleBroken, match=said):
            assign(ticket=made, to=to, by=head, at=NOW)
    assert assign(ticket=made, to=head, by=head, at=NOW).status == "open"
    queue = TicketQueueFactory()
    assert enqueue(ticket=made, queue=queue, by=head, at=NOW).assignee is None


def test_open_tickets_of_the_manager_go_along_with_the_customer(made, own, head, teller, manager, manager2, east):
    backup = UserFactory(manager=True, branch=east)
    AssignmentFactory(customer=own.customer, manager=backup, role="backup")
    kept, shared = opened(own.customer, teller), opened(own.customer, teller)
    assign(ticket=kept, to=head, by=head, at=NOW)
    Ticket.objects.filter(pk=shared.pk).update(assignee=backup)
    heir = UserFactory(manager=True, branch=east)
    about_heir = opened(own.customer, teller, about=heir)
    assign_manager(customer=own.customer, manager=heir, by=head, at=NOW + DAY)
    found = {ticket.pk: ticket.assignee for ticket in Ticket.objects.select_related("assignee")}
    assert found == {made.pk: heir, kept.pk: head, shared.pk: backup, about_heir.pk: manager}
    assert watchers_of(Ticket.objects.get(pk=made.pk)) == [heir]
    assert heir.notifications.filter(text="1 open ticket came to you.").count() == 1


def test_the_manager_watches_always_and_others_as_they_like(made, manager, teller):
    watch(ticket=made, by=teller, at=NOW)
    watch(ticket=made, by=teller, at=NOW)
    assert watchers_of(made) == [manager, teller]
    unwatch(ticket=made, by=teller)
    with pytest.raises(RuleBroken, match="always watches"):
        unwatch(ticket=made, by=manager)


def test_a_priority_by_hand_stays_until_the_rules_may_say_it_again(made, manager):
    set_priority(ticket=made, priority="urgent", by=manager, at=NOW)
    made.refresh_from_db()
    assert (made.priority, made.is_priority_set, made.due_at) == ("urgent", True, NOW + HOUR / 2)
    set_priority(ticket=made, priority="", by=manager, at=NOW)
    made.refresh_from_db()
    assert (made.priority, made.is_priority_set, made.due_at) == ("normal", False, NOW + 4 * HOUR)


def test_who_read_an_older_version_changes_nothing(made, manager):
    note(ticket=made, body="First", by=manager, at=NOW, version=made.version)
    with pytest.raises(RuleBroken, match="in the meantime"):
        move(ticket=made, status="solved", by=manager, at=NOW, version=made.version)


def test_links_are_made_once(made, own, manager):
    other = TicketFactory(customer=own.customer)
    link(ticket=made, other=other, kind="repeats", by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="linked already"):
        link(ticket=made, other=other, kind="relates", by=manager, at=NOW)


@pytest.mark.parametrize("wrong", range(8))
def test_one_wrong_digit_of_a_number_is_noticed(wrong):
    right = f"1024773{check_digit('1024773')}"
    assert typed(spoken(right)) == right
    digit = str((int(right[wrong]) + 3) % 10)
    assert typed(right[:wrong] + digit + right[wrong + 1 :]) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [("理财 赎回", True), ("赎", True), ("redeem", True), ("赎金", False), ("REDEEM fund", True), ("loan", False)],
)
def test_words_are_found_in_chinese_and_latin(own, teller, manager, text, found):
    opened(own.customer, teller, subject="理财产品赎回", body="He wants to redeem the fund.")
    assert Ticket.objects.visible_to(manager).search(text).exists() == found


def test_who_sees_the_customer_sees_the_ticket(made, manager2, agent, auditor, admin):
    seen = [user for user in (manager2, agent, auditor, admin) if Ticket.objects.visible_to(user).exists()]
    assert seen == [agent, auditor]
    stray = UserFactory(teller=True, branch=BranchFactory())
    assert not Ticket.objects.visible_to(stray).exists()
