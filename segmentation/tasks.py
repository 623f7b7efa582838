"""The doorbell of simulations. What is to be done stands in the run ledger."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from crm.jobs import doorbell
from segmentation.services import simulations

PATIENCE = 60.0
KEPT = timedelta(days=30)


@shared_task(name="segmentation.simulate")
def look() -> None:
    """Do partitions of open simulations for a while."""
    for simulation in simulations.unfinished():
        simulations.carry_on(simulation, patience=PATIENCE)


@shared_task(name="segmentation.forget_simulations")
def forget() -> None:
    """Every night by beat: rows of simulations that are older than a month."""
    simulations.forget(before=timezone.now() - KEPT)


def ring() -> None:
    doorbell.ring(look)


doorbell.poll(look, name="simulation-poll")
