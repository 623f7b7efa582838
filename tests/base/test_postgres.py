"""A database server that was killed starts again, however busy it was."""

import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg2
import pytest

from crm.base.servers.postgres import Postgres

BUSY = "SELECT count(*) FROM generate_series(1, 30000000)"
AT_WORK = "SELECT FROM pg_stat_activity WHERE query = %s AND state = 'active'"


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        server = Postgres(Path(name), dict.fromkeys(("postgres", "crm_owner", "crm_app"), "secret"), fast=True)
        server.start()
        yield server
        server.stop()


def test_a_start_waits_for_what_the_killed_server_still_has_at_work(postgres: Postgres) -> None:
    """Who is in the midst of a query notices late that the server is gone, and holds its memory until then."""

    def work() -> None:
        with suppress(psycopg2.Error), psycopg2.connect(postgres.url("crm_owner")) as connection:
            connection.cursor().execute(BUSY)

    worker = threading.Thread(target=work)
    worker.start()
    _wait_for_it(postgres)
    os.kill(postgres.child.pid, signal.SIGKILL)
    postgres.child.wait()
    postgres.start()
    worker.join()
    psycopg2.connect(postgres.url("crm_app")).close()


def _wait_for_it(postgres: Postgres) -> None:
    looking = psycopg2.connect(postgres.url("crm_owner"))
    looking.autocommit = True  # else the first look is remembered
    with looking.cursor() as cursor:
        for _ in range(1000):
            cursor.execute(AT_WORK, [BUSY])
            if cursor.fetchone() is not None:
                break
            time.sleep(0.01)
    looking.close()
