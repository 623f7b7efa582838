from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from crm.audit.models import Event, IdempotencyKey
from crm.audit.receivers import without_contact_data
from crm.audit.services import forget_answers, record
from crm.base.context_vars import request_id
from crm.base.signals import exported, read
from customers.models import Customer, Interaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_request():
    token = request_id.set("request-7")
    yield
    request_id.reset(token)


def test_an_event_says_who_what_and_in_which_request(own, manager, in_request):
    record("customer.changed", own.customer, by=manager, fields=["name"])
    event = Event.objects.get()
    assert (event.kind, event.actor_id, event.actor_label) == ("write", manager.pk, str(manager))
    assert (event.object_type, event.object_id, event.object_label) == (
        "customers.customer",
        str(own.customer.pk),
        "张伟",
    )
    assert (event.request_id, event.data) == ("request-7", {"fields": ["name"]})


def test_the_customer_of_an_object_is_found_without_being_named(own, manager):
    record("customer.changed", own.customer, by=manager)
    record("interaction.logged", own.interaction, by=manager)
    assert Event.objects.of_customer(own.customer.pk).count() == 2


def test_an_act_that_fails_leaves_no_event(manager):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("thing.done", "thing", by=manager)
        raise ZeroDivisionError
    assert not Event.objects.exists()


def test_a_look_at_a_customer_is_recorded(own, manager, in_request):
    read.send(Customer, user=manager, obj=own.customer, what="page")
    event = Event.objects.get(kind=Event.Kind.READ)
    assert (event.action, event.customer_id, event.data) == ("customer.read", own.customer.pk, {"what": "page"})
    assert event.request_id == "request-7"


def test_an_export_is_recorded_with_its_size_and_no_contact_data(manager):
    exported.send(
        Interaction, user=manager, what="interactions", rows=12, parameters={"search": "13812345678", "branch": "EAST"}
    )
    event = Event.objects.get(kind=Event.Kind.EXPORT)
    assert event.action == "interaction.exported"
    assert event.data == {"what": "interactions", "rows": 12, "parameters": {"search": "***", "branch": "EAST"}}


@pytest.mark.parametrize(
    "typed", ["+8613812345678", "11010119900307851X", "zhang.wei@example.com", "call 13812345678 now"]
)
def test_what_was_searched_for_loses_its_contact_data(typed):
    kept = without_contact_data({"q": typed})["q"]
    assert not any(part in kept for part in ("1381", "1101", "zhang", "785"))


def test_answers_are_forgotten_after_their_day():
    now = timezone.now()
    for hours in (23, 25):
        IdempotencyKey.objects.create(user_id=1, key=str(hours), body_hash="", created_at=now - timedelta(hours=hours))
    assert forget_answers(before=now - timedelta(hours=24)) == 1
    assert IdempotencyKey.objects.get().key == "23"
