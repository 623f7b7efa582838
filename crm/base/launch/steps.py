"""Steps of set-up: a progress line each, skipped when their stamp says that nothing changed, one sentence when they fail."""

import hashlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from crm.base.servers.children import die_with

PROJECT = Path(__file__).resolve().parents[3]
QUIET_SECONDS = 5
ERROR = re.compile(r"\b\w*error\b", re.I)
BESIDE_THE_POINT = re.compile(r"^npm error\b(?!.*(?:Error|failed|not found|E[A-Z]{4,}|E\d{3}))")


class StepFailed(Exception):
    """What went wrong and where the log is, in one sentence."""


def data_folder() -> Path:
    """The folder of everything that is made while running: servers' data, secrets, logs, collected files."""
    given = os.environ.get("DATA")
    folder = Path(given).absolute() if given else PROJECT / "var"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass
class Progress:
    """Prints `[3/10] words ... 21 s`. `total` 0 prints no numbers, and nothing for a step that has nothing to do."""

    out: TextIO
    total: int = 0
    number: int = 0
    noted: float = 0.0
    line_is_open: bool = False

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        self.number += 1
        words = f"{self._count()}{words} ... "
        self._write(words, end="")
        self.line_is_open, self.noted = True, time.monotonic()
        began = time.monotonic()
        yield
        spent = f"{time.monotonic() - began:.0f} s"
        self._write(f"\r\x1b[K{words}{spent}" if self.out.isatty() else spent if self.line_is_open else words + spent)

    def note(self, words: str) -> None:
        """How far the step is: rewritten in place on a terminal, a line now and then elsewhere."""
        if self.out.isatty():
            self._write(f"\r\x1b[K{self._count()}{words[:100]} ", end="")
        elif time.monotonic() - self.noted > QUIET_SECONDS:
            self._write(("\n" if self.line_is_open else "") + self._count() + words)
            self.line_is_open, self.noted = False, time.monotonic()

    def skip(self, words: str) -> None:
        self.number += 1
        if self.total:
            self._write(f"{self._count()}{words}: done before")

    def say(self, words: str) -> None:
        self._write(words)

    def _count(self) -> str:
        return f"[{self.number}/{self.total}] " if self.total else ""

    def _write(self, words: str, end: str = "\n") -> None:
        print(words, end=end, file=self.out, flush=True)


@dataclass
class Stamp:
    """A file that holds the fingerprint of what a finished step was made from."""

    path: Path
    fingerprint: str

    def is_current(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.fingerprint

    def set(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.fingerprint)


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def once(progress: Progress, words: str, stamp: Stamp, do: Callable[[], object]) -> None:
    """Do the step unless its stamp is current."""
    if stamp.is_current():
        progress.skip(words)
        return
    with progress.step(words):
        do()
    stamp.set()


@dataclass
class Telling:
    """Of all that a program says, the line that tells why it failed: the last one that speaks of an error, else the last."""

    line: str = "it said nothing"
    is_error: bool = False

    def hear(self, line: str) -> None:
        speaks = bool(ERROR.search(line)) and not BESIDE_THE_POINT.search(line)
        if line and (speaks or not self.is_error):
            self.line, self.is_error = line, self.is_error or speaks


def logged(
    command: list[str],
    name: str,
    env: dict[str, str] | None = None,
    echo: Callable[[str], None] | None = None,
    fine: tuple[int, ...] = (0,),
) -> int:
    """Run a command with its output in DATA/logs/NAME.log; a failure is one sentence with its last line."""
    path = data_folder() / "logs" / f"{name}.log"
    path.parent.mkdir(exist_ok=True)
    last = Telling()
    try:
        with path.open("w") as log, _started(command, env) as process:
            try:
                for line in process.stdout or ():
                    log.write(line)
                    log.flush()
                    last.hear(line.strip())
                    if echo:
                        echo(line.strip())
            except BaseException:
                process.terminate()
                raise
    except OSError as error:
        raise StepFailed(f"{command[0]} can't be run: {error.strerror}") from error
    if process.returncode not in fine:
        raise StepFailed(f"{name} failed: {last.line[:300]} (log: {path})")
    return process.returncode


def _started(command: list[str], env: dict[str, str] | None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command, cwd=PROJECT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", preexec_fn=die_with(os.getpid(), signal.SIGTERM),
    )  # fmt: skip
