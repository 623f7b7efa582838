"""PostgreSQL and Redis of the drill's own, as durable as in production, to be killed and started again where they lay."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from crm.base.servers.postgres import Postgres
from crm.base.servers.redis import Redis

SECRETS = {role: f"{role}-of-the-drill" for role in ("postgres", "crm_owner", "crm_app", "redis")}


@dataclass
class Servers:
    folder: Path
    postgres: Postgres
    redis: Redis

    def env(self, database: str) -> dict[str, str]:
        """Of a program that works on one of the databases as crm_app."""
        return {
            **os.environ,
            "DATABASE_URL": self.postgres.url("crm_app", database),
            "DATABASE_OWNER_URL": self.postgres.url("crm_owner", database),
            "REDIS_URL": self.redis.url,
        }

    def copy(self, name: str) -> dict[str, str]:
        """A database just like the bank before its nights; the environment of its programs."""
        connection = psycopg2.connect(self.postgres.url("crm_owner", "postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE crm STRATEGY file_copy')
        connection.close()
        return self.env(name)

    def kill_postgres(self) -> None:
        """The postmaster and every process of its, at once; then a start with real recovery."""
        pid = self.postgres.child.pid
        answer = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
        for each in [pid, *map(int, answer.stdout.split())]:
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.postgres.child.wait()
        self.postgres.start()

    def kill_redis(self) -> None:
        self.redis.child.kill()
        self.redis.child.wait()
        self.redis.start()


@contextmanager
def servers() -> Iterator[Servers]:
    with tempfile.TemporaryDirectory(prefix="guibin-drill-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        both = Servers(folder, Postgres(folder, SECRETS), Redis(folder, SECRETS["redis"]))
        both.postgres.start()
        both.redis.start()
        try:
            yield both
        finally:
            both.redis.stop()
            both.postgres.stop()
