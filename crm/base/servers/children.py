"""Child processes that neither outlive us nor hear our Ctrl-C."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with(parent: int, signum: int) -> Callable[[], None]:
    """For the child, between fork and exec: a signal when the parent dies, however it dies."""

    def prepare() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def start(command: list[str], *, death: int = signal.SIGTERM, **options: Any) -> "subprocess.Popen[bytes]":
    """A child in its own session, so that Ctrl-C in the terminal reaches us alone and we stop them in order."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=die_with(os.getpid(), death), **options)


def stop(child: "subprocess.Popen[bytes]", signum: int = signal.SIGTERM, patience: float = 20) -> None:
    if child.poll() is not None:
        return
    child.send_signal(signum)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
