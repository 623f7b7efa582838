import pytest
from django.core.cache.backends.redis import RedisCacheClient
from redis.exceptions import ConnectionError as NoRedis

from crm.base.health import Migrations


def test_a_process_that_answers_is_alive(client):
    assert client.get("/livez").content == b"ok\n"


@pytest.mark.django_db(transaction=True)
def test_ready_when_postgresql_redis_and_the_schema_are_there(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "cache": "ok", "migrations": "ok"})


@pytest.mark.django_db(transaction=True)
def test_not_ready_without_redis_and_says_no_more_than_that(client, monkeypatch):
    def gone(*args, **kwargs):
        raise NoRedis("redis://:secret@10.0.0.1")

    monkeypatch.setattr(RedisCacheClient, "set", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (503, "unavailable")
    assert b"secret" not in answer.content


@pytest.mark.django_db(transaction=True)
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(Migrations, "seen", False)
    monkeypatch.setattr("crm.base.health.MigrationExecutor.migration_plan", lambda self, targets: [("one", False)])
    assert client.get("/readyz").json()["migrations"] == "unavailable"
    assert not Migrations.seen


def test_metrics_are_for_programs_on_this_machine(client, db):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.1").status_code == 403


def test_a_proxy_on_this_machine_opens_no_door_to_the_metrics(client, db):
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 403


def test_with_a_metrics_token_nothing_else_counts(client, db, settings):
    settings.CRM_METRICS_TOKEN = "a long secret"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    key = {"Authorization": "Bearer a long secret"}
    assert client.get("/metrics", headers=key, REMOTE_ADDR="10.0.0.1").status_code == 200
