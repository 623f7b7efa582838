"""How workers hear of work: a message that says "look", and a look of their own now and then.

What is to be done stands in the run ledger, so a lost message loses nothing, and all is done with the broker gone.
"""

import os
import threading
from collections.abc import Callable
from time import sleep
from typing import Any

import structlog
from celery import Task
from celery.signals import worker_init, worker_ready
from django.db import close_old_connections
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)
POLL_SECONDS = float(os.environ.get("CRM_POLL_SECONDS", "30"))
SECONDS_WITHOUT_BROKER = 10.0


def ring(task: Task, *args: Any) -> None:
    """Ask the workers to look. Without a broker they look by themselves within half a minute."""
    try:
        task.delay(*args)
    except OperationalError as error:
        log.warning("doorbell out of order", error=str(error))


def poll(look: Callable[[], Any], *, name: str) -> None:
    """A worker looks by itself now and then: from when it is ready, or, with the broker gone, from soon after its start."""
    ready = threading.Event()

    def forever() -> None:
        ready.wait(SECONDS_WITHOUT_BROKER)
        while True:
            close_old_connections()
            try:
                look()
            except Exception:
                log.exception("look failed", what=name)
            sleep(POLL_SECONDS)

    def begin(**kwargs: Any) -> None:
        threading.Thread(target=forever, name=name, daemon=True).start()

    def hurry(**kwargs: Any) -> None:
        ready.set()

    worker_init.connect(begin, weak=False, dispatch_uid=f"{name} begins")
    worker_ready.connect(hurry, weak=False, dispatch_uid=f"{name} is ready")
