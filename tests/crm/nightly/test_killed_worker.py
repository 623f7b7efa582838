"""kill -9 at any moment of a night, start again: the same ledger, to the cent and to the number."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from crm.jobs.models import Partition, Run
from tests.crm.nightly import ledger, naive

pytestmark = pytest.mark.django_db(transaction=True)
CELERY = [sys.executable, "-m", "celery", "-A", "crm.celery", "worker", "--concurrency", "2", "--loglevel", "WARNING"]
PATIENCE = 300
KILLS = int(os.environ.get("DRILL_KILLS", "50"))
CUSTOMERS = int(os.environ.get("DRILL_CUSTOMERS", "100000"))
SEED = int(os.environ.get("DRILL_SEED", "0"))


@contextmanager
def worker(env: dict[str, str]) -> Iterator[subprocess.Popen]:
    child = subprocess.Popen(CELERY, env=env, cwd=settings.BASE_DIR, start_new_session=True)
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait(timeout=30)


def kill(child: subprocess.Popen) -> None:
    """The worker and its children, at once and without a word."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def wait_for(claim, child: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while not claim():
        assert child.poll() is None, "the worker ended by itself"
        assert time.monotonic() < until, "the worker does not get on"
        time.sleep(0.02)


def published() -> int:
    return Run.objects.nights().published().count() - 1


def under_way() -> bool:
    return Partition.objects.filter(status=Partition.Status.CLAIMED).exists() or published() == ledger.NIGHTS


def run_with_kills(env: dict[str, str], kills: int, chance: random.Random, longest: float = 0.4) -> int:
    """Kill the worker so often, each time somewhere inside a night; the number of kills that hit one."""
    hits = 0
    for _number in range(kills):
        with worker(env) as child:
            wait_for(under_way, child)
            time.sleep(chance.uniform(0, longest))
            hits += published() < ledger.NIGHTS
            kill(child)
    with worker(env) as child:
        wait_for(lambda: published() == ledger.NIGHTS, child)
    return hits


def ledger_is_the_same(app_env: dict[str, str], kills: int, customers: int = 4000, longest: float = 0.4) -> int:
    """The number of kills that hit a night."""
    env = app_env | {"CRM_LEASE_SECONDS": "2", "CRM_PARTITION_SIZE": "250", "CRM_NIGHT_WAITS_UNTIL": "0"}
    ledger.open_bank(customers=customers)
    hits = run_with_kills(env, kills, random.Random(SEED or kills), longest)
    killed = ledger.left_behind()
    ledger.undo()
    subprocess.run([sys.executable, "manage.py", "nightly"], env=env, cwd=settings.BASE_DIR, check=True)

    assert hits, "no kill hit a night"
    assert len(killed["ledger"]) > 1000
    assert killed == ledger.left_behind()
    return hits


def test_three_kills_leave_the_same_ledger(app_env):
    ledger_is_the_same(app_env, kills=3)


@pytest.mark.drill
def test_fifty_kills_leave_the_same_nights_of_a_large_bank(app_env, capsys):
    hits = ledger_is_the_same(app_env, kills=KILLS, customers=CUSTOMERS, longest=0.1)
    with capsys.disabled():
        print(
            f"\n{KILLS} kills of a worker at {CUSTOMERS} customers, {hits} inside a night: row by row the same (seed {SEED or KILLS})"
        )
    assert hits >= KILLS * 4 // 5


@pytest.mark.drill
def test_naive_worker_waives_too_much(app_env):
    """The control: the same kills do harm to a worker that commits its effects and its done-mark apart."""
    ledger.open_bank(customers=400)
    with connection.cursor() as cursor:
        cursor.execute(naive.TABLES)
        cursor.execute("SELECT min(id), max(id) FROM customers_feecharge")
        low, high = cursor.fetchone()
        size = (high - low) // 40 + 1
        parts = [(number, low + number * size, low + (number + 1) * size) for number in range(40)]
        cursor.executemany("INSERT INTO naive_part VALUES (%s, %s, %s)", parts)
        for _kill in range(10):
            child = subprocess.Popen([sys.executable, naive.__file__], env=app_env, start_new_session=True)
            time.sleep(random.Random(_kill).uniform(0.1, 0.3))
            kill(child)
        subprocess.run([sys.executable, naive.__file__], env=app_env, check=True)
        cursor.execute("SELECT count(*), count(DISTINCT charge_id) FROM naive_ledger")
        entries, charges = cursor.fetchone()
        cursor.execute("DROP TABLE naive_ledger, naive_part")
    assert charges == 400 * 5 // 2 * ledger.NIGHTS
    assert entries > charges, "the control did no harm: the kills prove nothing"
