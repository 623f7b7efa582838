"""`run.py check`: lint, types, import contracts, migrations, deployment settings, the lock. All of them, then the verdict."""

import os
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from crm.base.launch.environment import manage, new_secrets
from crm.base.launch.setup import PYTHON
from crm.base.launch.steps import PROJECT, Progress, data_folder
from crm.base.servers import borrow

TOOLS = PYTHON.parent
LOCKS = ("requirements.txt", "package-lock.json")
HOSTS = re.compile(r'"resolved"|--(?:extra-)?index-url|--find-links|--trusted-host|^[^#"]*://', re.M)


@dataclass(frozen=True)
class Check:
    words: str
    command: list[str]


CHECKS = (
    Check("types", [str(PYTHON), "-m", "mypy", "."]),
    Check("lint", [str(TOOLS / "ruff"), "check", "--no-fix", "--output-format", "concise", "."]),
    Check("format", [str(TOOLS / "ruff"), "format", "--check", "--output-format", "concise", "."]),
    Check("import contracts", [str(TOOLS / "lint-imports"), "--no-cache"]),
    Check("templates", [str(TOOLS / "djlint"), "templates", "--lint", "--quiet"]),
    Check("migrations", manage("makemigrations", "--check", "--dry-run")),
    Check("deployment settings", manage("check", "--deploy", "--fail-level", "WARNING")),
    Check("packages", [str(PYTHON), "-m", "pip", "check"]),
)


def run_check(words: list[str], progress: Progress) -> int:
    with borrow.servers(data_folder() / "test", fast=True) as urls:
        env = production(urls)
        with ThreadPoolExecutor(max_workers=2) as pool:
            failed = [words for words, output in pool.map(lambda check: run(check, env), CHECKS) if output is not None]
    if hosts := lock_names_a_host():
        failed.append(f"locks ({hosts})")
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all well'}", flush=True)
    return 1 if failed else 0


def run(check: Check, env: dict[str, str]) -> tuple[str, str | None]:
    """The check's name, and what it said if it failed."""
    began = time.monotonic()
    done = subprocess.run(check.command, env=env, cwd=PROJECT, capture_output=True, text=True)
    said = (done.stdout + done.stderr).strip() if done.returncode else None
    verdict = "well" if said is None else "FAILED"
    print(f"{check.words:<20} {verdict:<7}{time.monotonic() - began:5.1f} s", flush=True)
    if said is not None:
        print("\n".join(f"    {line}" for line in said.splitlines()), flush=True)
    return check.words, said


def production(urls: dict[str, str]) -> dict[str, str]:
    """Settings as in production, with keys that are thrown away."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CRM_", "DEBUG", "SECRET_KEY"))}
    return kept | new_secrets() | urls | {"DJANGO_SETTINGS_MODULE": "crm.settings", "ALLOWED_HOSTS": "bank.example"}


def lock_names_a_host() -> str:
    """The first line of a lock that says where a package comes from; where is the machine's business."""
    for name in LOCKS:
        if found := HOSTS.search((PROJECT / name).read_text()):
            return f"{name}: {found.group()}"
    return ""
