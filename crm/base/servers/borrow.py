"""Borrow PostgreSQL and Redis for a while: the given ones, else our own."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.base.servers.binaries import ServerError, reachable
from crm.base.servers.locks import FileLock

PROJECT = Path(__file__).resolve().parents[3]
PATIENCE = 180
started: list["subprocess.Popen[bytes]"] = []  # our keepers, so that they are waited for


@contextmanager
def servers(folder: Path, *, fast: bool = False, force_stop: bool = False) -> Iterator[dict[str, str]]:
    """The URLs as environment variables. Ours are started where needed and stopped after the last borrower,
    or at once with `force_stop`."""
    if given := given_urls():
        yield given
        return
    folder = usable(folder)
    users = FileLock(folder / "users.lock")
    users.share()
    try:
        yield _urls(folder, fast)
    finally:
        if force_stop or users.try_own():
            _stop(folder)
        users.close()


def given_urls() -> dict[str, str]:
    """DATABASE_URL and REDIS_URL from outside; both or neither, so that nothing is half ours."""
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    given = {name: os.environ[name] for name in names if os.environ.get(name)}
    if not given:
        return {}
    if "DATABASE_URL" not in given or "REDIS_URL" not in given:
        raise ServerError("DATABASE_URL and REDIS_URL belong together: set both, or neither to use embedded servers")
    return given


def usable(folder: Path) -> Path:
    """The folder, or one of its own under the temporary folder when the servers' user cannot get there."""
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if reachable(folder / "x"):
        return folder
    name = f"guibin-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    other = Path(tempfile.gettempdir()) / name
    new = not other.exists()
    other.mkdir(mode=0o711, exist_ok=True)
    if other.is_symlink() or other.stat().st_uid != os.getuid():
        raise ServerError(f"{other} belongs to someone else; set DATA to a folder that others may pass through")
    if new:
        print(f"{folder} is closed to the servers' user; their data are in {other}", file=sys.stderr)
    return other


def _state(folder: Path) -> dict[str, object] | None:
    """What the keeper wrote, if it lives."""
    lock = FileLock(folder / "keeper.lock")
    try:
        if lock.try_share():
            (folder / "servers.json").unlink(missing_ok=True)
            return None
        state: dict[str, object] = json.loads((folder / "servers.json").read_text())
        return state
    except FileNotFoundError:
        return {}
    finally:
        lock.close()


def _urls(folder: Path, fast: bool) -> dict[str, str]:
    keeper: subprocess.Popen[bytes] | None = None
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        state = _state(folder)
        if state:
            urls = state["urls"]
            assert isinstance(urls, dict)
            return urls
        if keeper is not None and keeper.poll():
            raise ServerError(f"the servers did not start: {_last_line(folder / 'keeper.log')}")
        if state is None and (keeper is None or keeper.poll() == 0):
            keeper = _start_keeper(folder, fast)
        time.sleep(0.05)
    raise ServerError(f"the servers did not start within {PATIENCE} seconds: see the logs in {folder}")


def _start_keeper(folder: Path, fast: bool) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "crm.base.servers.keeper", str(folder), *(["--fast"] if fast else [])]
    with (folder / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    started.append(keeper)
    return keeper


def _stop(folder: Path) -> None:
    """Ask the keeper to stop, and wait until it has."""
    state = _state(folder)
    if not state:
        return
    os.kill(int(str(state["pid"])), signal.SIGTERM)
    lock = FileLock(folder / "keeper.lock")
    for _ in range(900):
        if lock.try_share():
            break
        time.sleep(0.1)
    lock.close()
    for keeper in started:
        if keeper.pid == state["pid"]:
            keeper.wait()


def _last_line(path: Path) -> str:
    lines = path.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"see {path}"
