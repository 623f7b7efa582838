import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from crm.base.launch.steps import PROJECT
from crm.base.servers import borrow, children
from crm.base.servers.binaries import ServerError
from crm.base.servers.keeper import passwords

BORROWER = "import sys, time; from pathlib import Path; from crm.base.servers.borrow import servers\n" \
    "with servers(Path(sys.argv[1]), fast=True) as urls: print(urls['DATABASE_URL'], flush=True); time.sleep(60)"  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A data folder as on a machine without any URL."""
    place = Path(tempfile.mkdtemp(prefix="servers-"))
    place.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
            patch.delenv(name, raising=False)
        yield place
    shutil.rmtree(place)


def children_of_the_keeper(folder: Path) -> list[str]:
    """Command lines that name the folder: the keeper, postgres."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in words and "postgres" in words:
            found.append(words)
    return found


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


def borrower(folder: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", BORROWER, str(folder)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline().startswith("postgres://")
    return process


def test_servers_are_shared_and_stop_with_the_last_borrower(folder: Path) -> None:
    with borrow.servers(folder, fast=True) as first:
        with borrow.servers(folder, fast=True) as second:
            assert second == first
        psycopg2.connect(first["DATABASE_URL"]).close()
    assert children_of_the_keeper(folder) == []


def test_the_serving_role_is_neither_owner_nor_superuser(folder: Path) -> None:
    with borrow.servers(folder, fast=True) as urls:
        connection = psycopg2.connect(urls["DATABASE_URL"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False, False, False)
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("CREATE TABLE mine (id int)")
        connection.close()


def test_the_owner_makes_the_extensions_and_databases(folder: Path) -> None:
    with borrow.servers(folder, fast=True) as urls:
        connection = psycopg2.connect(urls["DATABASE_OWNER_URL"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE DATABASE another")
            cursor.execute("DROP DATABASE another")
        connection.close()


def test_passwords_are_readable_by_their_owner_alone(folder: Path) -> None:
    assert set(passwords(folder)) == {"postgres", "crm_owner", "crm_app", "redis"}
    assert (folder / "passwords.json").stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_of_a_borrower_that_was_killed(folder: Path) -> None:
    process = borrower(folder)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert wait_until(lambda: not children_of_the_keeper(folder))


def test_a_killed_keeper_takes_its_servers_along_and_the_next_one_starts(folder: Path) -> None:
    process = borrower(folder)
    state = borrow._state(folder)
    assert state
    os.kill(int(str(state["pid"])), signal.SIGKILL)
    assert wait_until(lambda: borrow._state(folder) is None)
    with borrow.servers(folder, fast=True) as urls:
        psycopg2.connect(urls["DATABASE_URL"]).close()
        process.kill()
        process.communicate()
    assert wait_until(lambda: not children_of_the_keeper(folder))


def test_half_of_the_urls_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://crm_app@db/crm")
    with pytest.raises(ServerError, match="belong together"), borrow.servers(folder):
        pass


def test_a_free_port_is_free() -> None:
    assert children.is_free(children.free_port())
