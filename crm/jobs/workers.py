"""Workers at a run: each takes one partition after the other until none is left, in threads or in processes."""

import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone

from crm.jobs import services as jobs
from crm.jobs.models import Run

log = structlog.get_logger(__name__)


def work_through(run: Run, work: jobs.Work, *, patience: float | None = None) -> None:
    """Do partitions until none is left. `patience` in seconds stops early; None waits for those of others to end."""
    begun = monotonic()
    worker = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident() % 10_000}"
    while patience is None or monotonic() - begun < patience:
        partition = jobs.claim(run=run, worker=worker, at=timezone.now())
        if partition is not None:
            try:
                jobs.perform(partition=partition, work=work)
            except jobs.FenceLost as lost:
                log.warning("fence lost", partition=partition.pk, reason=str(lost))
        elif patience is not None or not run.partitions.unfinished().exists():
            return
        else:
            sleep(0.2)


def in_parallel(run: Run, carry_on: Callable[[Run], None]) -> None:
    """With as many connections of this process as CRM_NIGHT_WORKERS says."""
    workers = settings.CRM_NIGHT_WORKERS
    if workers > 1:
        workers = min(workers, run.partitions.unfinished().count())
    if workers <= 1:
        carry_on(run)
        return

    def in_thread() -> None:
        try:
            carry_on(run)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        for future in [pool.submit(in_thread) for _number in range(workers)]:
            future.result()
