"""Whatever guests say and in whatever order, and however the places change: the list is first come, first served."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from managers.events.answering import answer_invitation
from managers.events.planning import cancel_event, change_event, close_answers, open_event
from managers.models import Event, Invitation
from tests.at_once import at_once
from tests.factories import EventFactory, InvitationFactory, UserFactory

NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)
GUESTS = 6
WHO = st.integers(0, GUESTS - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("accepted"), WHO, st.integers(0, 3)),
        st.tuples(st.just("accepted"), WHO, st.integers(0, 3)),
        st.tuples(st.just("declined"), WHO, st.just(0)),
        st.tuples(st.just("places"), st.integers(1, 8), st.just(0)),
        st.tuples(st.sampled_from(["close", "open", "cancel"]), st.just(0), st.just(0)),
    ),
    max_size=14,
)


def take(step: tuple[str, int, int], event: Event, guests: list[Invitation], head, at: datetime) -> None:
    what, number, companions = step
    if what == "places":
        change_event(event=event, version=None, places=number, by=head, at=at)
    elif what == "close":
        close_answers(event=event, by=head)
    elif what == "open":
        open_event(event=event, by=head)
    elif what == "cancel":
        cancel_event(event=event, reason="Rain", by=head, at=at)
    else:
        answer_invitation(invitation=guests[number], state=what, companions=companions, by=head, at=at)


def waiting_of(event: Event) -> list[Invitation]:
    return list(event.invitations.waiting())


def check(event: Event, line: list[int]) -> None:
    """`line`: who has waited without a break, in the order in which they came."""
    event.refresh_from_db()
    guests = list(event.invitations.all())
    taken = sum(guest.party for guest in guests if guest.state == "accepted")
    assert taken == event.taken == sum(guest.places_taken for guest in guests) <= event.places
    assert [guest.pk for guest in waiting_of(event)] == line
    if event.is_ahead:
        assert all(guest.party > event.left for guest in waiting_of(event))


@pytest.mark.django_db
@given(places=st.integers(1, 5), steps=STEPS)
def test_no_sequence_overbooks_breaks_the_line_or_leaves_somebody_waiting_for_a_free_place(places, steps):
    with transaction.atomic():
        branch = (event := EventFactory(places=places)).branch
        head = UserFactory(head=True, branch=branch)
        guests = InvitationFactory.create_batch(GUESTS, event=event)
        line: list[int] = []
        for number, step in enumerate(steps):
            with suppress(RuleBroken), transaction.atomic():
                take(step, event, guests, head, NOON + timedelta(minutes=number))
            now = {guest.pk for guest in waiting_of(event)}
            line = [pk for pk in line if pk in now]
            line += [guests[step[1]].pk] if now - set(line) else []
            check(event, line)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_many_answer_at_once_and_nobody_is_overbooked():
    event = EventFactory(places=5)
    by = UserFactory(head=True, branch=event.branch)
    guests = InvitationFactory.create_batch(10, event=event)

    def accepts(guest: Invitation, companions: int) -> None:
        answer_invitation(invitation=guest, state="accepted", companions=companions, by=by, at=NOON)

    acts = [lambda guest=guest, n=n: accepts(guest, n % 2) for n, guest in enumerate(guests)]
    assert at_once(acts) == []
    event.refresh_from_db()
    accepted = event.invitations.accepted()
    assert event.taken == sum(guest.party for guest in accepted) == 5
    assert len(waiting_of(event)) + len(accepted) == 10

    acts = [
        lambda guest=guest: answer_invitation(invitation=guest, state="declined", by=by, at=NOON) for guest in accepted
    ]
    assert at_once(acts) == []
    check(event, [guest.pk for guest in waiting_of(event)])
