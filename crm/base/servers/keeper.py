"""The process that owns the two servers: `python -m crm.base.servers.keeper FOLDER [--fast]`.

Whoever borrows the servers holds a shared lock on `users.lock`. When the keeper gets that lock for itself, nobody is
left (not even one killed with -9), and it stops Redis, then PostgreSQL. SIGTERM makes it stop at once.
"""

import json
import os
import secrets
import signal
import sys
import time
from pathlib import Path

from crm.base.servers.binaries import ServerError
from crm.base.servers.locks import FileLock
from crm.base.servers.postgres import Postgres
from crm.base.servers.redis import Redis

ROLES = ("postgres", "crm_owner", "crm_app", "redis")


def private_write(path: Path, text: str) -> None:
    """All of the text at once, readable by its owner alone."""
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.rename(path)


def passwords(folder: Path) -> dict[str, str]:
    """Made once, kept beside the data."""
    path = folder / "passwords.json"
    if not path.exists():
        private_write(path, json.dumps({role: secrets.token_urlsafe(24) for role in ROLES}))
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def own(folder: Path) -> FileLock | None:
    """The keeper's own lock, or None when another keeper is at work. Askers hold it for a moment, hence the patience."""
    lock = FileLock(folder / "keeper.lock")
    for _ in range(20):
        if lock.try_own():
            return lock
        time.sleep(0.05)
    return None


def keep(folder: Path, fast: bool) -> None:
    """Start both, say where they are, and wait until nobody needs them."""
    stopping: list[int] = []
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda number, _frame: stopping.append(number))
    words = passwords(folder)
    postgres, redis = Postgres(folder, words, fast), Redis(folder, words["redis"], fast)
    users, state = FileLock(folder / "users.lock"), folder / "servers.json"
    postgres.start()
    try:
        redis.start()
        try:
            urls = {
                "DATABASE_URL": postgres.url("crm_app"),
                "DATABASE_OWNER_URL": postgres.url("crm_owner"),
                "REDIS_URL": redis.url,
            }
            private_write(state, json.dumps({"pid": os.getpid(), "urls": urls}))
            while not stopping and not users.try_own():
                for server in (postgres, redis):
                    if server.child.poll() is not None:
                        raise ServerError(f"{type(server).__name__} ended by itself: see the logs in {folder}")
                time.sleep(0.3)
        finally:
            state.unlink(missing_ok=True)
            redis.stop()
    finally:
        postgres.stop()


def main() -> int:
    folder = Path(sys.argv[1])
    lock = own(folder)
    if lock is None:
        return 0
    try:
        keep(folder, "--fast" in sys.argv)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
