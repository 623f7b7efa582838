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

from crm.jobs.models import Partition, Run
from tests.crm.nightly import ledger

pytestmark = pytest.mark.django_db(transaction=True)
CELERY = [sys.executable, "-m", "celery", "-A", "crm.celery", "worker", "--concurrency", "2", "--loglevel", "WARNING"]
PATIENCE = 300


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


def run_with_kills(env: dict[str, str], kills: int, chance: random.Random) -> int:
    """Kill the worker so often, each time somewhere inside a night; the number of kills that hit one."""
    hits = 0
    for _number in range(kills):
        with worker(env) as child:
            wait_for(under_way, child)
            time.sleep(chance.uniform(0, 0.4))
            hits += published() < ledger.NIGHTS
            kill(child)
    with worker(env) as child:
        wait_for(lambda: published() == ledger.NIGHTS, child)
    return hits


def test_a_kill_leaves_the_same_ledger(app_env):
    """`make drill` kills fifty times, at a large bank, and the servers too: tests/crm/nightly/drill."""
    env = app_env | {"CRM_LEASE_SECONDS": "2", "CRM_PARTITION_SIZE": "250", "CRM_NIGHT_WAITS_UNTIL": "0"}
    ledger.open_bank(customers=4000)
    hits = run_with_kills(env, 1, random.Random(1))
    killed = ledger.left_behind()
    ledger.undo()
    subprocess.run([sys.executable, "manage.py", "nightly"], env=env, cwd=settings.BASE_DIR, check=True)

    assert hits, "the kill hit no night"
    assert len(killed["ledger"]) > 1000
    assert killed == ledger.left_behind()
