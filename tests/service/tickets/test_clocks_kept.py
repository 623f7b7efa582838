"""What is stored beside a ticket is what its log says, whatever happened; warnings and escalation are said once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.models import Customer
from segmentation.services.policies import apply_policy
from service.clocks.clock import clocks, due_of
from service.clocks.picking import Rules
from service.models import ClockAlert, ServiceLevels, Ticket, TicketClock
from service.tickets.reckoning import asked_of, keep_reckoned, logs_of, reckon
from service.tickets.services import hear, move, note, open_ticket, reply, set_priority
from service.tickets.sweeping import sweep
from service.tickets.writing import MOVES
from service.words import Priority, Status
from tests.factories import TicketFactory, TierFactory, TierPeriodFactory
from tests.service.clocks.bank import OFFICE, SLA, content

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 27, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONDON = OFFICE | {"code": "london", "zone": "Europe/London", "holidays": "GB-ENG"}
LEVELS = content(
    calendars=[OFFICE, LONDON],
    slas=[
        SLA | {"name": "Urgent", "priorities": ["urgent"], "calendar": "24x7", "next_response_minutes": 30},
        SLA | {"name": "High", "priorities": ["high"], "calendar": "london", "next_response_minutes": 90},
        SLA | {"calendar": "office", "next_response_minutes": 120},
    ],
)


def levels(said, day="2026-01-01") -> None:
    apply_policy(content={"effective_from": day, "slas": said}, by="setup")


def said_by_the_log(ticket: Ticket) -> list[tuple]:
    """Reckoned from nothing but the log."""
    target = Rules(NOW).pick([asked_of(ticket)])[0].target
    return clocks(logs_of([ticket.pk])[ticket.pk], target)


@settings(max_examples=25)
@given(data=st.data())
def test_replaying_any_log_gives_the_stored_due_times(own, manager, data) -> None:
    """Over the nights on which clocks are set, in London and not in Shanghai."""
    if not ServiceLevels.objects.exists():
        levels(LEVELS)
    at = NOW + data.draw(st.integers(0, 2000)) * timedelta(minutes=1)
    said = {"kind": "question", "channel": "phone", "subject": "Card", "body": "No.", "impact": "low", "by": manager}
    ticket = open_ticket(customer=own.customer, at=at, **said)
    for _number in range(data.draw(st.integers(0, 6))):
        at += data.draw(st.integers(0, 1500)) * timedelta(minutes=1)
        act(data, Ticket.objects.get(pk=ticket.pk), manager, at)
    ticket = Ticket.objects.get(pk=ticket.pk)
    replayed = said_by_the_log(ticket)
    stored = TicketClock.objects.filter(ticket=ticket).values_list("kind", "began_at", "due_at", "warn_at", "ended_at")
    assert sorted(stored) == sorted(
        (each.kind, each.began_at, each.due_at, each.warn_at, each.ended_at) for each in replayed
    )
    first = due_of(replayed)
    assert (ticket.due_at, ticket.due_kind, ticket.is_paused) == (
        (first.due_at, first.kind, first.is_paused) if first else (None, "", False)
    )


def act(data, ticket: Ticket, manager, at: datetime) -> None:
    asked = {"ticket": ticket, "by": manager, "at": at}
    ways = [str(each) for each in MOVES[Status(ticket.status)]]
    if ticket.status == Status.CLOSED:
        note(body="Late", **asked)
        return
    match data.draw(st.sampled_from(["reply", "hear", "note", "move", "priority"])):
        case "reply":
            reply(
                body="Yes.",
                status=data.draw(st.sampled_from(["", *[each for each in ways if each != "closed"]])),
                **asked,
            )
        case "hear":
            hear(body="No.", **asked)
        case "note":
            note(body="Hm.", **asked)
        case "move":
            move(status=data.draw(st.sampled_from(ways)), **asked)
        case "priority" if ticket.is_open:
            set_priority(priority=data.draw(st.sampled_from(["", *Priority.values])), **asked)


def made(customer: Customer, manager, at=NOW) -> Ticket:
    return open_ticket(
        customer=customer, kind="question", channel="phone", subject="Card", body="No.", impact="low", by=manager, at=at
    )


def test_another_tier_calendar_or_target_keeps_what_was_paused(own, manager) -> None:
    ticket = made(own.customer, manager)
    reply(ticket=ticket, body="Well?", by=manager, at=NOW + HOUR, status="waiting_customer")
    hear(ticket=ticket, body="Yes.", by=manager, at=NOW + 11 * HOUR)
    TierPeriodFactory(customer=own.customer, tier=TierFactory(code="gold"))
    said = [SLA | {"name": "Gold", "tiers": ["gold"], "solution_minutes": 120}, SLA]
    levels(content(slas=said), day="2026-03-28")
    assert keep_reckoned(at=NOW + HOUR) == 0
    assert keep_reckoned(at=NOW + DAY) == 1 and keep_reckoned(at=NOW + DAY) == 0
    ticket.refresh_from_db()
    assert ticket.due_at == NOW + 12 * HOUR and ticket.levels.number == 1


def test_warned_and_escalated_once_each_and_not_while_it_is_paused(own, manager, head) -> None:
    levels(content(slas=[SLA]))
    ticket = made(own.customer, manager)
    assert sweep(at=NOW + HOUR * 0.7) == 0
    assert sweep(at=NOW + HOUR * 0.8) == 1 and sweep(at=NOW + HOUR * 0.9) == 0
    assert manager.notifications.get().text == "1 ticket is due soon." and not head.notifications.exists()
    assert sweep(at=NOW + HOUR) == 1 and sweep(at=NOW + 2 * HOUR) == 0
    assert head.notifications.get().text == "1 ticket is overdue."
    reply(ticket=ticket, body="Well?", by=manager, at=NOW + 2 * HOUR, status="waiting_customer")
    assert sweep(at=NOW + 9 * DAY) == 0
    hear(ticket=ticket, body="Yes.", by=manager, at=NOW + 9 * DAY)
    assert sweep(at=NOW + 19 * DAY) == 2
    assert set(ClockAlert.objects.values_list("kind", "level")) == {
        ("first_response", "warned"), ("first_response", "breached"), ("solution", "warned"), ("solution", "breached"),
    }  # fmt: skip


def test_whom_it_is_about_hears_of_no_breach(own, manager, head) -> None:
    ticket = TicketFactory(customer=own.customer, about=manager)
    with transaction.atomic():
        reckon([ticket], at=NOW)
    assert sweep(at=NOW + 400 * DAY) > 0 and not manager.notifications.exists() and head.notifications.exists()
