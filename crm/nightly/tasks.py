"""The doorbell of the night: "look". What is due and what is done stands in PostgreSQL, so a lost message loses nothing."""

from celery import shared_task
from django.utils import timezone

from crm.jobs import doorbell
from crm.nightly import after, night, start

PATIENCE = 60.0


@shared_task(name="crm.nightly.look")
def look() -> None:
    """Open the next business date if its time has come, do partitions of open runs for a while, and what follows a night."""
    try:
        start.open_if_time()
        for run in start.running():
            night.carry_on(run, patience=PATIENCE)
    finally:  # a night that breaks off holds nothing back that follows the one before it
        after.follow(at=timezone.now())
    if start.is_time():
        ring()


def ring() -> None:
    doorbell.ring(look)


doorbell.poll(look, name="night-poll")
