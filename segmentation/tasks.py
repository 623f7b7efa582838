"""The doorbell of simulations and waiver checks. What is to be done stands in the run ledger."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from crm.jobs import doorbell
from segmentation.leakage import services as checks
from segmentation.services import simulations

PATIENCE = 60.0
KEPT = timedelta(days=30)


@shared_task(name="segmentation.simulate")
def look() -> None:
    """Do partitions of open simulations and waiver checks for a while."""
    for simulation in simulations.unfinished():
        simulations.carry_on(simulation, patience=PATIENCE)
    for check in checks.unfinished():
        checks.carry_on(check, patience=PATIENCE)


@shared_task(name="segmentation.forget_simulations")
def forget() -> None:
    """Every night by beat: rows of simulations that are older than a month."""
    simulations.forget(before=timezone.now() - KEPT)


def ring() -> None:
    doorbell.ring(look)


doorbell.poll(look, name="simulation-poll")
