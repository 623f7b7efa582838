"""The three processes that serve: web, beat and worker."""

import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from crm.base.launch.setup import PYTHON
from crm.base.launch.steps import PROJECT, StepFailed, data_folder
from crm.base.servers import children

WEB_WORKERS, WEB_THREADS = 2, 4
STARTING_SECONDS = 90


def commands(port: int) -> dict[str, list[str]]:
    """In the order in which they are stopped."""
    python = str(PYTHON)
    celery = [python, "-m", "celery", "-A", "crm.celery"]
    return {
        "web": [
            python, "-m", "gunicorn", "crm.wsgi:application", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
            "--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS), "--graceful-timeout", "5", "--access-logfile", "-",
        ],
        "beat": [*celery, "beat", "--scheduler", "django_celery_beat.schedulers:DatabaseScheduler", "--pidfile=", "-l", "INFO"],
        "worker": [*celery, "worker", "--concurrency", "2", "-l", "INFO"],
    }  # fmt: skip


class Services:
    def __init__(self, port: int, env: dict[str, str]) -> None:
        self.port, self.env = port, env
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        for name, command in commands(self.port).items():
            with log_of(name).open("ab") as log:
                self.children[name] = children.start(
                    command, env=self.env, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )

    def wait_until_ready(self) -> None:
        until = time.monotonic() + STARTING_SECONDS
        said = "no answer"
        while time.monotonic() < until:
            self.check()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except urllib.error.HTTPError as error:
                said = f"status {error.code}"
            except OSError as error:
                said = str(error)
            time.sleep(0.3)
        raise StepFailed(f"/readyz is not well after {STARTING_SECONDS} s: {said} (log: {log_of('web')})")

    def check(self) -> None:
        for name, child in self.children.items():
            if child.poll() is not None:
                raise StepFailed(f"{name} ended by itself with status {child.returncode} (log: {log_of(name)})")

    def stop(self) -> None:
        for child in self.children.values():
            children.stop(child, patience=10)


def log_of(name: str) -> Path:
    folder = data_folder() / "logs"
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.log"
