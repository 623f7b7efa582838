from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import IdempotencyKey
from customers.models import Interaction
from tests.at_once import at_once

URL = "/api/v1/interactions/"


@pytest.fixture
def program(api, manager):
    return api(manager)


def send(program, customer, key, **more):
    body = {"customer": customer.number, "at": "2026-03-01T09:00:00Z", "channel": "phone"} | more
    return program.post(URL, body, headers={"Idempotency-Key": key})


def logged(customer) -> int:
    return Interaction.objects.filter(customer=customer, at__year=2026, note="").count()


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(program, own):
    first, second = send(program, own.customer, "k1"), send(program, own.customer, "k1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.json(), first["Location"], first["ETag"]) == (second.json(), second["Location"], second["ETag"])
    assert logged(own.customer) == 1


def test_another_body_with_the_key_is_refused(program, own):
    send(program, own.customer, "k1")
    answer = send(program, own.customer, "k1", channel="visit")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert logged(own.customer) == 1


def test_a_key_belongs_to_its_user(program, api, teller, own):
    send(program, own.customer, "k1")
    assert send(api(teller), own.customer, "k1").status_code == 201
    assert logged(own.customer) == 2


def test_a_refusal_is_remembered_too_and_leaves_nothing(program, own):
    first = send(program, own.customer, "k1", at="2099-01-01T00:00:00Z")
    second = send(program, own.customer, "k1", at="2099-01-01T00:00:00Z")
    assert (first.status_code, second.status_code) == (409, 409)
    assert first.json() == second.json()
    assert second["Content-Type"] == "application/problem+json"


def test_after_a_day_the_key_is_free_again(program, own):
    send(program, own.customer, "k1")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert send(program, own.customer, "k1").status_code == 201
    assert logged(own.customer) == 2


def test_whoever_may_not_act_leaves_no_key(api, auditor, own):
    assert send(api(auditor), own.customer, "k1").status_code == 403
    assert not IdempotencyKey.objects.exists()


def test_an_act_that_crashed_can_be_tried_again(program, own, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("customers.services.log_interaction", lambda **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(program, own.customer, "k1")
    assert send(program, own.customer, "k1").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_it_once(request, api, transactional_db):
    own, manager = request.getfixturevalue("own"), request.getfixturevalue("manager")
    answers = []
    programs = [api(manager) for _ in range(4)]

    wrong = at_once([lambda program=program: answers.append(send(program, own.customer, "k1")) for program in programs])

    assert wrong == []
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert logged(own.customer) == 1
