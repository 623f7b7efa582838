"""Requests on their way to the core: nothing lost and nothing done twice, whatever becomes of the receiver and of the worker."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.base.errors import RuleBroken
from service.models import CoreAttempt, CoreMessage, ServiceRequest
from service.outbox import handing
from service.outbox.handing import hand_over
from service.outbox.services import LEASE, LONGEST_PAUSE, MOST_TRIES, claim, put, send_again
from service.requests.services import authorise, cancel
from tests.at_once import at_once
from tests.core import Core, core
from tests.factories import FlagFactory
from tests.factories.service_requests import ServiceRequestFactory
from tests.service.requests.bank import ask

pytestmark = pytest.mark.django_db
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def receiver(settings) -> Iterator[Core]:
    with core(settings) as found:
        yield found


@pytest.fixture
def message(own) -> CoreMessage:
    return put(ServiceRequestFactory(customer=own.customer, authorised=True), at=timezone.now())


def state(message: CoreMessage) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, ServiceRequest.objects.get(pk=message.request_id).state


def test_what_is_authorised_is_handed_over_signed_and_once(receiver, own, teller, head) -> None:
    now = timezone.now()
    asked = ask(own, teller, "remittance", at=now)
    assert hand_over(at=now) == 0
    authorise(request=asked, by=head, at=now)
    assert (hand_over(at=now + SECOND), hand_over(at=now + HOUR)) == (1, 0)
    message = CoreMessage.objects.get(request=asked)
    assert state(message) == ("delivered", "sent") and message.sealed == "" and receiver.unsigned == 0
    told = receiver.done[str(message.key)]
    assert (told["customer"], told["form"], told["answers"]["amount"]["amount"]) == (
        own.customer.number,
        "remittance",
        "250.00",
    )
    assert list(CoreAttempt.objects.values_list("number", "status")) == [(1, 202)]


def test_a_receiver_that_is_down_loses_nothing_and_the_pauses_grow(receiver, message, settings) -> None:
    settings.CRM_CORE_URL, url = "http://127.0.0.1:9/", settings.CRM_CORE_URL
    at, pauses = timezone.now(), []
    for _number in range(5):
        assert hand_over(at=at) == 0
        message.refresh_from_db()
        pauses.append(round((message.next_at - at).total_seconds()))
        assert hand_over(at=message.next_at - SECOND) == 0 and state(message) == ("waiting", "authorised")
        at = message.next_at
    assert pauses == [30, 60, 120, 240, 480] and CoreAttempt.objects.count() == 5
    settings.CRM_CORE_URL = url
    assert hand_over(at=at) == 1 and state(message) == ("delivered", "sent") and len(receiver.done) == 1


def test_one_that_is_down_is_asked_once_a_run(receiver, own, settings) -> None:
    settings.CRM_CORE_URL = "http://127.0.0.1:9/"
    now = timezone.now()
    for _number in range(3):
        put(ServiceRequestFactory(customer=own.customer, authorised=True), at=now)
    hand_over(at=now)
    assert CoreAttempt.objects.count() == 1


def test_a_slow_receiver_is_not_waited_for_and_does_it_once(receiver, message) -> None:
    receiver.mood, receiver.pause, now = "slow", 2.0, timezone.now()
    assert hand_over(at=now) == 0 and CoreAttempt.objects.get().said == "ReadTimeoutError"
    receiver.mood = "ok"
    assert hand_over(at=now + HOUR) == 1 and len(receiver.heard) == 2 and len(receiver.done) == 1


def test_a_connection_that_breaks_after_the_effect_makes_no_second_one(receiver, message) -> None:
    receiver.mood, now = "dies", timezone.now()
    assert hand_over(at=now) == 0
    receiver.mood = "ok"
    assert hand_over(at=now + HOUR) == 1 and (len(receiver.heard), len(receiver.done)) == (2, 1)


def test_a_worker_that_is_killed_between_sending_and_noting_makes_no_second_effect(
    receiver, message, monkeypatch
) -> None:
    now = timezone.now()
    with monkeypatch.context() as killed:
        killed.setattr(handing, "record", lambda **_said: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            hand_over(at=now)
    assert state(message) == ("waiting", "authorised") and not CoreAttempt.objects.exists()
    assert hand_over(at=now + LEASE - SECOND) == 0 and len(receiver.heard) == 1
    assert hand_over(at=now + LEASE + SECOND) == 1 and (len(receiver.heard), len(receiver.done)) == (2, 1)
    assert state(message) == ("delivered", "sent")


def test_the_core_may_ask_for_a_pause_and_refuse(receiver, own, message) -> None:
    receiver.mood, now = "busy", timezone.now()
    hand_over(at=now)
    message.refresh_from_db()
    assert (message.next_at - now).total_seconds() >= 120
    receiver.mood = "refuses"
    hand_over(at=now + HOUR)
    assert state(message) == ("delivered", "failed")
    assert ServiceRequest.objects.get().steps.get(state="failed").words == "Account is blocked"
    assert "did not execute" in message.request.requested_by.notifications.get().text


def test_what_is_stuck_is_told_and_sent_again_by_a_person(receiver, message, head, settings) -> None:
    settings.CRM_CORE_URL, url = "http://127.0.0.1:9/", settings.CRM_CORE_URL
    at = timezone.now()
    for _number in range(MOST_TRIES):
        hand_over(at=at)
        at += LONGEST_PAUSE + SECOND
    assert state(message) == ("stuck", "authorised") and hand_over(at=at) == 0
    assert "could not be handed over" in message.request.requested_by.notifications.get().text
    settings.CRM_CORE_URL = url
    send_again(request=message.request, by=head, at=at)
    assert hand_over(at=at) == 1 and state(message) == ("delivered", "sent")
    with pytest.raises(RuleBroken, match="could not be handed over is sent again"):
        send_again(request=message.request, by=head, at=at)


def test_what_never_left_is_taken_back_and_what_may_have_is_not(receiver, message, head, settings) -> None:
    second = put(ServiceRequestFactory(customer=message.request.customer, authorised=True), at=timezone.now())
    cancel(request=message.request, reason="No longer", by=head, at=timezone.now())
    assert state(message) == ("dropped", "cancelled")
    settings.CRM_CORE_URL = "http://127.0.0.1:9/"
    hand_over(at=timezone.now())
    with pytest.raises(RuleBroken, match="on its way"):
        cancel(request=second.request, reason="No longer", by=head, at=timezone.now())


def test_who_was_frozen_meanwhile_keeps_their_money(receiver, own, teller, head) -> None:
    now = timezone.now()
    asked = authorise(request=ask(own, teller, "remittance", at=now), by=head, at=now)
    FlagFactory(customer=own.customer, kind="court_freeze", since=timezone.localdate())
    assert hand_over(at=now + SECOND) == 0 and receiver.heard == []
    assert state(CoreMessage.objects.get(request=asked)) == ("dropped", "cancelled")
    assert "nothing leaves" in asked.steps.get(state="cancelled").words


def test_without_a_core_messages_wait_and_no_try_is_counted(message, settings) -> None:
    settings.CRM_CORE_URL = ""
    assert hand_over(at=timezone.now()) == 0
    assert state(message) == ("waiting", "authorised") and message.attempts == 0


@pytest.mark.django_db(transaction=True)
def test_however_many_workers_look_each_message_is_claimed_by_one(own) -> None:
    now = timezone.now()
    for _number in range(12):
        put(ServiceRequestFactory(customer=own.customer, authorised=True), at=now)
    claimed: list[int] = []

    def work() -> None:
        while found := claim(at=now):
            claimed.append(found.message.pk)

    assert at_once([work] * 6) == []
    assert len(claimed) == len(set(claimed)) <= 12
    while found := claim(at=now):
        claimed.append(found.message.pk)
    assert sorted(claimed) == sorted(CoreMessage.objects.values_list("pk", flat=True))
