"""Celery workers and beats at the nights of one database, and what the drill sees of them from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.conf import settings

from tests.crm.nightly.drill.bank import NIGHTS

CELERY = [sys.executable, "-m", "celery", "-A", "crm.celery"]
WORKER = [*CELERY, "worker", "--concurrency", "2", "--loglevel", "WARNING"]
BEAT = [*CELERY, "beat", "--pidfile=", "--loglevel", "WARNING"]
SMALL = {
    "CRM_LEASE_SECONDS": "5",
    "CRM_PARTITION_SIZE": "2500",
    "CRM_MAX_PARTITIONS": "40",
    "CRM_NIGHT_WAITS_UNTIL": "24",
    "CRM_POLL_SECONDS": "5",
}
PATIENCE = 180


@contextmanager
def program(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    with log.open("ab") as file:
        child = subprocess.Popen(
            command, env=env, cwd=settings.BASE_DIR, start_new_session=True, stdout=file, stderr=file
        )
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                kill(child)


def kill(child: subprocess.Popen) -> None:
    """The worker and its children, at once and without a word."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


@dataclass
class Watch:
    """Looks at the run ledger from outside; a server that is away is looked at again."""

    url: str

    def number(self, query: str, parameters: tuple = ()) -> int:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                connection = psycopg2.connect(self.url)
                try:
                    with connection.cursor() as cursor:
                        cursor.execute(query, parameters)
                        return cursor.fetchone()[0]
                finally:
                    connection.close()
            except psycopg2.OperationalError:
                assert time.monotonic() < until, "the database does not come back"
                time.sleep(0.05)

    def claims(self) -> int:
        """Claims ever made: it grows, while the mark of a claim may be that of a dead worker."""
        return self.number("SELECT coalesce(sum(attempts), 0)::integer FROM jobs_partition")

    def is_over(self) -> bool:
        done = "SELECT count(*) FROM jobs_run WHERE kind = 'night' AND status = 'completed' AND business_date = ANY(%s)"
        return self.number(done, (list(NIGHTS),)) == len(NIGHTS)

    def wait_for_claim(self, child: subprocess.Popen, before: int) -> bool:
        """Whether somebody claims before the nights are over."""
        return self.wait(child, lambda: self.claims() > before or self.is_over()) and not self.is_over()

    def wait(self, child: subprocess.Popen, claim) -> bool:
        """A night may take long; patience ends where no partition is taken for so long."""
        until, claims = time.monotonic() + PATIENCE, self.claims()
        while not claim():
            assert child.poll() is None, "the worker ended by itself"
            if (now := self.claims()) > claims:
                until, claims = time.monotonic() + PATIENCE, now
            assert time.monotonic() < until, "the worker does not get on"
            time.sleep(0.03)
        return True
