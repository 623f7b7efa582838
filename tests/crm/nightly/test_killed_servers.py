"""kill -9 of PostgreSQL and of Redis during nights, on servers of the drill's own that keep what they promise (fsync on)."""

import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings

from crm.base.servers.postgres import Postgres
from crm.base.servers.redis import Redis
from tests.crm.nightly.ledger import LEFT_BEHIND, NIGHTS
from tests.crm.nightly.test_killed_worker import CELERY, CUSTOMERS, SEED, kill

pytestmark = pytest.mark.drill
KILLS = int(os.environ.get("DRILL_SERVER_KILLS", "5"))
PATIENCE = 300
CALL = "import django; django.setup(); from tests.crm.nightly import ledger; ledger.{}"
CLAIMED = "SELECT count(*) FROM jobs_partition WHERE status = 'claimed'"
PUBLISHED = "SELECT count(*) FROM jobs_run WHERE kind = 'night' AND status = 'completed'"
EXTRA = {"CRM_LEASE_SECONDS": "2", "CRM_PARTITION_SIZE": "3000", "CRM_NIGHT_WAITS_UNTIL": "0", "CRM_POLL_SECONDS": "2",
         "CONN_MAX_AGE": "0"}  # fmt: skip


@dataclass
class Bank:
    postgres: Postgres
    redis: Redis
    env: dict[str, str]

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        connection = psycopg2.connect(self.postgres.url("crm_owner"))
        try:
            with connection.cursor() as cursor:
                cursor.execute(text)
                return cursor.fetchall()
        finally:
            connection.close()

    def call(self, *words: str, owner: bool = False) -> None:
        env = self.env | ({"DATABASE_URL": self.env["DATABASE_OWNER_URL"]} if owner else {})
        subprocess.run([sys.executable, *words], env=env, cwd=settings.BASE_DIR, check=True)

    def left_behind(self) -> dict[str, list[tuple[Any, ...]]]:
        return {name: self.rows(text) for name, text in LEFT_BEHIND.items()}

    def nights(self) -> int:
        """Those that were published; one stands for what was before."""
        return int(self.rows(PUBLISHED)[0][0]) - 1

    def wait(self, text: str, worker: "Supervised") -> None:
        until = time.monotonic() + PATIENCE
        while not self.rows(text)[0][0] and self.nights() < NIGHTS:
            worker.look_after()
            assert time.monotonic() < until, "the worker does not get on"
            time.sleep(0.01)


@dataclass
class Supervised:
    """A worker that is started again when it ends by itself, as any service manager does: Celery's may when Redis dies."""

    env: dict[str, str]
    starts: int = 0

    def __enter__(self) -> "Supervised":
        self.look_after()
        return self

    def __exit__(self, *error: object) -> None:
        kill(self.child)

    def look_after(self) -> None:
        if not self.starts or self.child.poll() is not None:
            self.starts += 1
            self.child = subprocess.Popen(CELERY, env=self.env, cwd=settings.BASE_DIR, start_new_session=True)


@pytest.fixture(scope="module")
def bank() -> Iterator[Bank]:
    folder = Path(tempfile.mkdtemp(prefix="drill-"))
    folder.chmod(0o711)
    words = {role: secrets.token_urlsafe(16) for role in ("postgres", "crm_owner", "crm_app")}
    postgres, redis = Postgres(folder, words), Redis(folder, secrets.token_urlsafe(16))
    postgres.start()
    redis.start()
    urls = {
        "DATABASE_URL": postgres.url("crm_app"),
        "DATABASE_OWNER_URL": postgres.url("crm_owner"),
        "REDIS_URL": redis.url,
    }
    found = Bank(postgres, redis, {**os.environ, **urls, **EXTRA})
    try:
        found.call("manage.py", "migrate", "--no-input", "-v", "0", owner=True)
        found.call("-c", CALL.format(f"open_bank({CUSTOMERS})"), owner=True)
        yield found
    finally:
        redis.stop()
        postgres.stop()


@pytest.fixture(scope="module")
def undisturbed(bank: Bank) -> dict[str, list[tuple[Any, ...]]]:
    bank.call("manage.py", "nightly")
    assert bank.nights() == NIGHTS
    return bank.left_behind()


def disturbed(bank: Bank, server: Postgres | Redis, chance: random.Random) -> tuple[int, int]:
    """The number of kills that hit a night, and how often the worker had to be started."""
    bank.call("-c", CALL.format("undo()"), owner=True)
    hits = 0
    with Supervised(bank.env) as worker:
        for _number in range(KILLS):
            bank.wait(CLAIMED, worker)
            time.sleep(chance.uniform(0, 0.15))
            hits += bank.nights() < NIGHTS
            os.kill(server.child.pid, signal.SIGKILL)
            server.child.wait()
            time.sleep(chance.uniform(0, 0.5))
            server.start()
        bank.wait("SELECT 0", worker)
    return hits, worker.starts


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_killed_servers_leave_the_same(bank, undisturbed, capsys, name):
    hits, starts = disturbed(bank, getattr(bank, name), random.Random(SEED or KILLS))

    assert hits, "no kill hit a night"
    assert bank.left_behind() == undisturbed
    with capsys.disabled():
        print(
            f"\n{KILLS} kills of {name} at {CUSTOMERS} customers, {hits} inside a night, {starts} starts of the worker: row by row the same"
        )


def test_without_redis_from_start_to_end_the_nights_complete(bank, undisturbed):
    bank.call("-c", CALL.format("undo()"), owner=True)
    bank.redis.stop()
    try:
        with Supervised(bank.env) as worker:
            bank.wait("SELECT 0", worker)
    finally:
        bank.redis.start()
    assert bank.left_behind() == undisturbed
