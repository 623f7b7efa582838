"""The doorbell of assigning. What is to be done stands in the run ledger."""

from celery import shared_task

from crm.jobs import doorbell
from managers.assigning import nights

PATIENCE = 60.0


@shared_task(name="managers.assign")
def look() -> None:
    """Do groups of open runs for a while."""
    for run in nights.unfinished():
        nights.carry_on(run, patience=PATIENCE)


def ring() -> None:
    doorbell.ring(look)


doorbell.poll(look, name="assignment-poll")
