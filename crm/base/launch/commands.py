"""The commands of run.py that run something inside the environment: manage, shell, test, bench, drill, fix."""

import os
import secrets
import signal
import subprocess

from crm.base.launch.environment import NEEDS_NO_SCHEMA, manage, migrate, running
from crm.base.launch.setup import PYTHON
from crm.base.launch.steps import PROJECT, Progress
from crm.base.servers import borrow
from crm.base.servers.children import die_with

NOTHING_CHOSEN = 5  # pytest's status


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
    return _pytest(words or ["-n", "2", "tests"])


def run_bench(words: list[str], progress: Progress) -> int:
    return _pytest(["-m", "bench", "-s", "-p", "no:randomly", "-n", "0", *(words or ["tests"])])


def run_drill(words: list[str], progress: Progress) -> int:
    """The long proofs: the properties on both cores, then the kills alone. One seed for all, DRILL_SEED gives it again."""
    seed = os.environ["DRILL_SEED"] = os.environ.get("DRILL_SEED") or str(secrets.randbelow(2**32))
    print(f"seed {seed} (again with DRILL_SEED={seed})", flush=True)
    properties = ["-m", "property", "--hypothesis-profile=drill", f"--hypothesis-seed={seed}", "-n", "2"]
    kills = ["-m", "drill", "-n", "0", "-rP"]
    ended = [_pytest([*chosen, *(words or ["tests"])]) for chosen in (properties, kills)]
    return next((status for status in ended if status not in (0, NOTHING_CHOSEN)), min(ended))


def run_fix(words: list[str], progress: Progress) -> int:
    """Format, and repair what can be repaired without thinking."""
    places = words or ["."]
    fixed = attend([str(PYTHON), "-m", "ruff", "check", "--fix", *places], cwd=str(PROJECT))
    return attend([str(PYTHON), "-m", "ruff", "format", *places], cwd=str(PROJECT)) or fixed


def _pytest(words: list[str]) -> int:
    """The pytest plugin in tests/ starts the servers."""
    return attend([str(PYTHON), "-m", "pytest", *words], cwd=str(PROJECT))


def attend(command: list[str], env: dict[str, str] | None = None, cwd: str | None = None) -> int:
    """Run in the terminal's foreground until it ends. Ctrl-C reaches the command by itself; SIGTERM is passed on."""
    child = subprocess.Popen(command, env=env, cwd=cwd, preexec_fn=die_with(os.getpid(), signal.SIGTERM))
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    status = child.wait()
    return status if status >= 0 else 128 - status
