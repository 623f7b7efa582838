import pytest
from django.test import Client
from django.utils import timezone

from crm.audit.models import Event
from crm.identity.services import notify

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def known(manager):
    manager.set_password(PASSWORD)
    manager.save()
    return manager


def sign_in(client: Client, password: str):
    return client.post("/login/", {"username": "manager", "password": password})


def test_the_sixth_try_meets_a_closed_door_even_with_the_right_password(known, client):
    statuses = [sign_in(client, "wrong").status_code for _ in range(5)]
    answer = sign_in(client, PASSWORD)
    assert statuses[:4] == [200] * 4
    assert answer.status_code == 429
    assert "Signing in is closed for a while" in answer.content.decode()


def test_signing_in_leads_back_to_where_one_wanted_to_go(known, client):
    answer = client.post("/login/", {"username": "manager", "password": PASSWORD, "next": "/notifications/"})
    assert answer.url == "/notifications/"


def test_signing_in_leads_to_no_other_site(known, client):
    answer = client.post("/login/", {"username": "manager", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer.url == "/day/"


def test_the_language_of_the_user_comes_with_them(known, client):
    known.language = "zh-hans"
    known.save()
    assert sign_in(client, PASSWORD).cookies["django_language"].value == "zh-hans"


def test_a_new_password_needs_the_old_one_and_leaves_a_trace(known, client):
    client.force_login(known, backend="crm.identity.backends.Backend")
    new = {"new_password1": "staple battery horse", "new_password2": "staple battery horse"}
    assert client.post("/password/", {"old_password": "wrong", **new}).status_code == 422
    assert client.post("/password/", {"old_password": PASSWORD, **new}).status_code == 302
    known.refresh_from_db()
    assert known.check_password("staple battery horse")
    assert Event.objects.filter(action="user.password_changed", actor_id=known.pk).count() == 1
    assert client.get("/notifications/").status_code == 200


def test_a_language_that_is_not_offered_is_refused(manager, signed_in):
    assert signed_in(manager).post("/language/", {"language": "xx"}).status_code == 400


def test_the_language_switch_leads_to_no_other_site(manager, signed_in):
    answer = signed_in(manager).post("/language/", {"language": "en", "next": "//evil.example/"})
    assert answer.url == "/"


def test_an_alert_is_read_when_it_is_opened_and_nobody_elses(manager, manager2, signed_in):
    notify(users=[manager, manager2], text="Moved to gold", url="/search/")
    alert = manager.notifications.get()
    assert signed_in(manager2).get(f"/notifications/{alert.pk}/").status_code == 404
    assert signed_in(manager).get(f"/notifications/{alert.pk}/").url == "/search/"
    alert.refresh_from_db()
    assert alert.read_at is not None
    assert manager2.notifications.get().read_at is None


def test_alerts_are_ones_own(manager, manager2, signed_in):
    notify(users=[manager2], text="Not for you", at=timezone.now())
    assert "Not for you" not in signed_in(manager).get("/notifications/").content.decode()


def test_a_form_without_its_token_says_what_to_do(manager):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager, backend="crm.identity.backends.Backend")
    answer = client.post("/logout/")
    assert answer.status_code == 403
    assert "This form is too old" in answer.content.decode()
