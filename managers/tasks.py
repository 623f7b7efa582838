"""Doorbells of what managers have to do."""

from celery import shared_task
from django.utils import timezone

from managers.handovers.leaving import hand_over_leavers
from managers.referrals.services import escalate_referrals
from managers.todo import services


@shared_task(name="managers.open_tasks")
def open_tasks() -> None:
    """Every hour by beat, and as often as one likes."""
    services.open_tasks(as_of=timezone.now())


@shared_task(name="managers.escalate_referrals")
def escalate() -> None:
    """Every quarter of an hour by beat, and as often as one likes."""
    escalate_referrals(as_of=timezone.now())


@shared_task(name="managers.hand_over_leavers")
def hand_over() -> None:
    """Every hour by beat, and as often as one likes."""
    hand_over_leavers(as_of=timezone.now())
