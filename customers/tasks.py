"""The doorbell of imports. What is to be done stands in the run ledger, so a lost message loses nothing."""

import threading
from time import sleep

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.db import close_old_connections
from kombu.exceptions import OperationalError

from crm.jobs.models import Run
from customers.imports.uploads import take_in

log = structlog.get_logger(__name__)
POLL_SECONDS = 30.0


@shared_task(name="customers.imports.take_in", time_limit=550)
def take_in_upload(run_id: int) -> None:
    run = Run.objects.unfinished().select_related("import_batch").filter(pk=run_id).first()
    if run is not None:
        take_in(run)


@shared_task(name="customers.imports.look", time_limit=550)
def look() -> None:
    """Uploads that are queued, and those whose worker died; one at a time, whoever works on it."""
    for run_id in Run.objects.unfinished().filter(kind=Run.Kind.IMPORT).order_by("pk").values_list("pk", flat=True):
        take_in_upload(run_id)


def ring(run_id: int) -> None:
    """Ask a worker to take an upload in. Without a broker the workers find it by themselves within half a minute."""
    try:
        take_in_upload.delay(run_id)
    except OperationalError as error:
        log.warning("doorbell out of order", error=str(error))


@worker_ready.connect
def poll(**kwargs) -> None:
    """A worker looks by itself now and then."""

    def forever() -> None:
        while True:
            close_old_connections()
            try:
                look()
            except Exception:
                log.exception("look failed")
            sleep(POLL_SECONDS)

    threading.Thread(target=forever, name="import-poll", daemon=True).start()
