"""A PostgreSQL cluster in a folder, with the two roles: crm_owner migrates, crm_app serves."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from psycopg2 import sql

from crm.base.servers import children
from crm.base.servers.binaries import ServerError, give, identity, postgres_programs

GIB = 1024**3
TUNED = {
    "unix_socket_directories": "",
    "jit": "off",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "64",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "60",
    "max_locks_per_transaction": "256",
    "TimeZone": "UTC",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "260"}
HELD = b"shared memory block"  # "pre-existing shared memory block (key ..., ID ...) is still in use"


@dataclass
class Postgres:
    """`secrets` has a password for postgres, crm_owner and crm_app. `fast` gives up durability: for tests."""

    folder: Path
    secrets: dict[str, str]
    fast: bool = False
    port: int = field(default_factory=children.free_port)

    @property
    def data(self) -> Path:
        return self.folder / "postgres" / "data"

    def url(self, role: str, database: str = "crm") -> str:
        return f"postgres://{role}:{self.secrets[role]}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        give(self.data.parent)
        programs = postgres_programs(self.folder)
        if not (self.data / "PG_VERSION").exists():
            self._init(programs)
        self._wait_for_the_last_one()
        settings = TUNED | {"shared_buffers": _shared_buffers()} | (FAST if self.fast else {})
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        command = [str(programs / "postgres"), "-D", str(self.data), "-h", "127.0.0.1", "-p", str(self.port), *options]
        while not self._answers(command):
            time.sleep(0.5)
        if not (self.folder / "roles.done").exists():
            self._make_roles()
            (self.folder / "roles.done").touch()

    def _answers(self, command: list[str]) -> bool:
        """Starts it and waits. False where a killed one still has somebody at work, who holds its memory until the end of a query."""
        with (self.folder / "postgres.log").open("ab") as log:
            before = log.tell()
            self.child = children.start(
                command, death=signal.SIGINT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **identity()
            )
        try:
            self._wait_until_it_answers()
        except ServerError:
            if HELD in (self.folder / "postgres.log").read_bytes()[before:]:
                return False
            raise
        return True

    def stop(self) -> None:
        children.stop(self.child, signal.SIGINT, patience=60)

    def _init(self, programs: Path) -> None:
        """initdb into a folder beside, then one rename: a cluster is whole or not there."""
        half, word = self.data.with_name("half"), self.data.with_name("word")
        shutil.rmtree(half, ignore_errors=True)
        word.write_text(self.secrets["postgres"])
        word.chmod(0o600)
        if who := identity():
            os.chown(word, who["user"], who["group"])
        command = [
            str(programs / "initdb"), "-D", str(half), "-U", "postgres", f"--pwfile={word}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--data-checksums",
        ]  # fmt: skip
        done = subprocess.run(
            command + (["--no-sync"] if self.fast else []), capture_output=True, text=True, cwd="/", **identity()
        )
        word.unlink()
        if done.returncode:
            raise ServerError(f"initdb failed: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
        half.rename(self.data)

    def _wait_for_the_last_one(self) -> None:
        """A postgres whose keeper was killed is still shutting down for a moment."""
        mark = self.data / "postmaster.pid"
        for _ in range(300):
            if not mark.exists() or not children.alive(int(mark.read_text().split()[0])):
                return
            time.sleep(0.1)
        raise ServerError(f"another postgres holds {self.data}; stop process {mark.read_text().split()[0]} first")

    def _connect(self, database: str = "postgres") -> "psycopg2.extensions.connection":
        connection = psycopg2.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=self.secrets["postgres"], dbname=database
        )
        connection.autocommit = True
        return connection

    def _wait_until_it_answers(self) -> None:
        last: Exception | None = None
        for _ in range(1200):
            if self.child.poll() is not None:
                raise ServerError(f"postgres ended at once: see {self.folder / 'postgres.log'}")
            try:
                self._connect().close()
                return
            except psycopg2.OperationalError as error:
                last = error
                time.sleep(0.1)
        raise ServerError(f"postgres does not answer: {last}")

    def _make_roles(self) -> None:
        """Two roles and the database. crm_owner may become crm_app, so that tests can, but inherits nothing from it."""
        connection = self._connect()
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS crm")
            for role, right in (("crm_app", "NOCREATEDB"), ("crm_owner", "CREATEDB")):
                cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
                verb = "ALTER" if cursor.rowcount else "CREATE"
                statement = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER {} PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(role), sql.SQL(right), sql.Literal(self.secrets[role])
                )
                cursor.execute(statement)
            cursor.execute("GRANT crm_app TO crm_owner WITH SET TRUE, INHERIT FALSE")
            cursor.execute("CREATE DATABASE crm OWNER crm_owner")
        connection.close()


def _shared_buffers() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return "512MB" if memory > 4 * GIB else "128MB"
