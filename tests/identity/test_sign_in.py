from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone

from crm.audit.models import Event
from crm.identity.models import User
from tests.factories import UserFactory
from tests.factories.identity import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(db):
    return UserFactory(username="zhou", can_sign_in=True)


def test_signing_in_and_out_leave_events(known):
    client = Client()
    client.force_login(known, backend="crm.identity.backends.Backend")
    client.logout()
    kinds = Event.objects.filter(actor_id=known.pk, kind="sign_in").order_by("pk")
    assert [event.action for event in kinds] == ["user.signed_in", "user.signed_out"]


def test_a_wrong_password_is_told_of_the_account_that_was_tried(known):
    request = RequestFactory().post("/login/")
    assert authenticate(request, username="zhou", password="wrong") is None
    assert Event.objects.get(action="user.refused").object_id == str(known.pk)


def test_a_name_that_nobody_has_is_not_kept(known):
    request = RequestFactory().post("/login/")
    assert authenticate(request, username=PASSWORD, password="x") is None
    event = Event.objects.get(action="user.refused")
    assert PASSWORD not in f"{event.object_id}{event.object_label}{event.actor_label}{event.data}"


def test_who_is_deactivated_is_out_at_once(client, known):
    client.force_login(known, backend="crm.identity.backends.Backend")
    assert client.get("/").status_code == 200
    User.objects.filter(pk=known.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_session_that_has_expired_lets_nobody_in(client, known):
    client.force_login(known, backend="crm.identity.backends.Backend")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/").status_code == 302
