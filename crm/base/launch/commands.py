"""The commands of run.py that run something inside the environment: manage, shell, test, bench, drill, fix."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from crm.base.launch.environment import NEEDS_NO_SCHEMA, manage, migrate, running
from crm.base.launch.setup import PYTHON
from crm.base.launch.steps import PROJECT, Progress
from crm.base.servers import borrow
from crm.base.servers.children import die_with

NOTHING_CHOSEN = 5  # pytest's status
ROOM = 6 * 1024**3  # bytes


def run_manage(words: list[str], progress: Progress) -> int:
    """manage.py with servers; nothing of ours on stdout, the command's own exit status."""
    with running() as env:
        first = words[0] if words else ""
        if first not in NEEDS_NO_SCHEMA and not borrow.given_urls():
            migrate(progress, env)
        return attend(manage(*words), env)


def run_shell(words: list[str], progress: Progress) -> int:
    return run_manage(["shell", *words], progress)


def run_test(words: list[str], progress: Progress) -> int:
    """Every test, on both cores; with words of your own, just what they say."""
    if words:
        return _pytest(words)
    with in_memory() as env:
        return _pytest(["-n", "2", "tests"], env)


def run_bench(words: list[str], progress: Progress) -> int:
    return _pytest(["-m", "bench", "-s", "-p", "no:randomly", "-n", "0", *(words or ["tests"])])


def run_drill(words: list[str], progress: Progress) -> int:
    """The long proofs: the properties on both cores, then the kills alone. One seed for all, DRILL_SEED gives it again."""
    seed = os.environ["DRILL_SEED"] = os.environ.get("DRILL_SEED") or str(secrets.randbelow(2**32))
    print(f"seed {seed} (again with DRILL_SEED={seed})", flush=True)
    properties = ["-m", "property", "--hypothesis-profile=drill", f"--hypothesis-seed={seed}", "-n", "2"]
    kills = ["-m", "drill", "-n", "0", "-rP"]
    with in_memory() as env:
        ended = [_pytest([*properties, *(words or ["tests"])], env)]
    ended.append(_pytest([*kills, *(words or ["tests"])]))
    return next((status for status in ended if status not in (0, NOTHING_CHOSEN)), min(ended))


def run_fix(words: list[str], progress: Progress) -> int:
    """Format, and repair what can be repaired without thinking."""
    places = words or ["."]
    fixed = attend([str(PYTHON), "-m", "ruff", "check", "--fix", *places], cwd=str(PROJECT))
    return attend([str(PYTHON), "-m", "ruff", "format", *places], cwd=str(PROJECT)) or fixed


@contextmanager
def in_memory() -> Iterator[dict[str, str]]:
    """The environment of tests that are many and small: their servers' files lie in memory where there is room.

    To make the files of temporary tables costs a night of a tiny bank as much as all else, on most disks.
    """
    memory = Path("/dev/shm")  # noqa: S108  a folder of our own in it
    if "TEST_DATA" in os.environ or not memory.is_dir() or shutil.disk_usage(memory).free < ROOM:
        yield dict(os.environ)
        return
    with TemporaryDirectory(prefix="guibin-test-", dir=memory, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield os.environ | {"TEST_DATA": folder}


def _pytest(words: list[str], env: dict[str, str] | None = None) -> int:
    """The pytest plugin in tests/ starts the servers."""
    return attend([str(PYTHON), "-m", "pytest", *words], env, cwd=str(PROJECT))


def attend(command: list[str], env: dict[str, str] | None = None, cwd: str | None = None) -> int:
    """Run in the terminal's foreground until it ends. Ctrl-C reaches the command by itself; SIGTERM is passed on."""
    child = subprocess.Popen(command, env=env, cwd=cwd, preexec_fn=die_with(os.getpid(), signal.SIGTERM))
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    status = child.wait()
    return status if status >= 0 else 128 - status
