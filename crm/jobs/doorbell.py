"""How workers hear of work: a message that says "look", and a look of their own now and then.

What is to be done stands in the run ledger, so a lost message loses nothing, and all is done with the broker gone.
"""

import os
import threading
from collections.abc import Callable
from time import sleep
from typing import Any

import structlog
from celery import Task, bootsteps, current_app
from django.db import close_old_connections
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)
POLL_SECONDS = float(os.environ.get("CRM_POLL_SECONDS", "30"))


def ring(task: Task, *args: Any) -> None:
    """Ask the workers to look. Without a broker they look by themselves within half a minute."""
    try:
        task.delay(*args)
    except OperationalError as error:
        log.warning("doorbell out of order", error=str(error))


def poll(look: Callable[[], Any], *, name: str) -> None:
    """From its start on, with a broker or without one, a worker looks by itself now and then."""

    def forever() -> None:
        while True:
            close_old_connections()
            try:
                look()
            except Exception:
                log.exception("look failed", what=name)
            sleep(POLL_SECONDS)

    class Poll(bootsteps.StartStopStep):
        """After the pool is there, so that no child inherits the thread; before the broker is waited for."""

        requires = {"celery.worker.components:Pool"}

        def start(self, worker: Any) -> None:
            threading.Thread(target=forever, name=name, daemon=True).start()

    Poll.name = name
    current_app.steps["worker"].add(Poll)
