"""What the core answers: signed, just now, once; and in whichever order things arrive."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from service.models import CoreMessage, ServiceRequest
from service.outbox.posting import Outcome
from service.outbox.services import claim, put, record
from service.outbox.signing import SIGNATURE, signed
from tests.core import SECRET
from tests.factories.service_requests import ServiceRequestFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/core-answers/"


@pytest.fixture(autouse=True)
def secrets(settings) -> None:
    settings.CRM_CORE_SECRETS = [SECRET]


@pytest.fixture
def message(own) -> CoreMessage:
    """Somebody has just sent it, and did not note yet what came of it."""
    message = put(ServiceRequestFactory(customer=own.customer, authorised=True), at=timezone.now())
    assert claim(at=timezone.now())
    return message


def answer(message: Any, state: str = "executed", *, at=None, headers=None, **more) -> Any:
    said = {"key": str(getattr(message, "key", message)), "state": state, "reference": "R1"} | more
    body = json.dumps(said).encode()
    told = signed("answer-1", body, at or timezone.now()) | (headers or {})
    return Client().generic("POST", URL, body, content_type="application/json", headers=told)


def asked(message: CoreMessage) -> ServiceRequest:
    return ServiceRequest.objects.get(pk=message.request_id)


def test_an_answer_that_comes_before_the_bank_noted_the_arrival_says_both(message) -> None:
    found = answer(message)
    assert (found.status_code, found.json()) == (200, {"is_new": True}), found.content
    done = asked(message)
    assert (done.state, done.reference) == ("executed", "R1")
    assert [step.state for step in done.steps.all()] == ["requested", "sent", "executed"]
    message.refresh_from_db()
    late = record(
        claim=type("Held", (), {"message": message, "number": 1})(),
        outcome=Outcome(None, "Timeout"),
        milliseconds=1,
        at=timezone.now(),
    )
    assert late.state == "delivered" and asked(message).state == "executed"


def test_the_same_answer_twice_is_one_and_another_is_refused(message) -> None:
    answer(message)
    again, other = answer(message), answer(message, "failed", reason="No money")
    assert again.json() == {"is_new": False}
    assert other.status_code == 409 and "answered already" in other.json()["detail"]
    assert asked(message).steps.count() == 3


def test_a_failure_has_its_reason_and_who_asked_for_it_is_told(message) -> None:
    answer(message, "failed", reason="Account is blocked")
    done = asked(message)
    assert done.state == "failed" and done.steps.get(state="failed").words == "Account is blocked"
    assert done.requested_by.notifications.count() == 1


@pytest.mark.parametrize("wrong", ["none", "other", "old", "later", "body"])
def test_what_is_not_signed_now_and_by_the_core_is_not_read(message, settings, wrong) -> None:
    now, hour = timezone.now(), timedelta(hours=1)
    if wrong == "body":
        told = signed("answer-1", b"{}", now)
        found = answer(message, headers=told)
    elif wrong == "other":
        found = answer(message, headers={SIGNATURE: "v1,AAAA"})
    elif wrong == "none":
        found = Client().post(URL, {"key": str(message.key), "state": "executed"}, content_type="application/json")
    else:
        found = answer(message, at=now - hour if wrong == "old" else now + hour)
    assert found.status_code == 401 and asked(message).state == "authorised"


def test_secrets_change_one_after_the_other_and_without_one_nobody_is_the_core(message, settings) -> None:
    body = json.dumps({"key": str(message.key), "state": "executed"}).encode()
    told = signed("answer-1", body, timezone.now())
    settings.CRM_CORE_SECRETS = []
    refused = Client().generic("POST", URL, body, content_type="application/json", headers=told)
    settings.CRM_CORE_SECRETS = ["the next one", SECRET]
    taken = Client().generic("POST", URL, body, content_type="application/json", headers=told)
    assert (refused.status_code, taken.status_code) == (401, 200)


def test_unknown_keys_bad_words_and_what_was_never_sent_change_nothing(message, own) -> None:
    assert answer("2f1c0a9e-6d1f-4d0b-9a50-1f2f6f2f0d11").status_code == 404
    assert answer(message, "cancelled").status_code == 400 and answer("no key").status_code == 400
    waits = put(ServiceRequestFactory(customer=own.customer, authorised=True), at=timezone.now())
    assert answer(waits).status_code == 409 and asked(waits).state == "authorised"
