"""The doorbell of the night: "look". What is due and what is done stands in PostgreSQL, so a lost message loses nothing."""

import threading
from time import sleep

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.db import close_old_connections
from kombu.exceptions import OperationalError

from crm.nightly import night, start

log = structlog.get_logger(__name__)
PATIENCE = 60.0
POLL_SECONDS = 30.0


@shared_task(name="crm.nightly.look")
def look() -> None:
    """Open the next business date if its time has come, and do partitions of open runs for a while."""
    start.open_if_time()
    for run in start.running():
        night.carry_on(run, patience=PATIENCE)
    if start.is_time():
        ring()


def ring() -> None:
    """Ask the workers to look. Without a broker they look by themselves within half a minute."""
    try:
        look.delay()
    except OperationalError as error:
        log.warning("doorbell out of order", error=str(error))


@worker_ready.connect
def poll(**kwargs) -> None:
    """A worker looks by itself now and then: a night finishes with Redis gone."""

    def forever() -> None:
        while True:
            close_old_connections()
            try:
                look()
            except Exception:
                log.exception("look failed")
            sleep(POLL_SECONDS)

    threading.Thread(target=forever, name="night-poll", daemon=True).start()
