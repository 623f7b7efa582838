"""Doorbells of what managers have to do, and of the runs that assign them."""

from celery import shared_task
from django.utils import timezone

from crm.jobs import doorbell
from managers.assigning import nights
from managers.cadence import runs
from managers.cadence.due import keep_book
from managers.handovers.leaving import hand_over_leavers
from managers.referrals.services import escalate_referrals
from managers.requests.services import check_conditions
from managers.todo import services
from segmentation.nearing.reckoning import look_ahead

PATIENCE = 60.0


@shared_task(name="managers.open_tasks")
def open_tasks() -> None:
    """Every hour by beat, and as often as one likes."""
    now = timezone.now()
    check_conditions(as_of=now)
    services.open_tasks(as_of=now)


@shared_task(name="managers.escalate_referrals")
def escalate() -> None:
    """Every quarter of an hour by beat, and as often as one likes."""
    escalate_referrals(as_of=timezone.now())


@shared_task(name="managers.hand_over_leavers")
def hand_over() -> None:
    """Every hour by beat, and as often as one likes."""
    hand_over_leavers(as_of=timezone.now())


@shared_task(name="managers.assign")
def look() -> None:
    """Do groups of open assignment runs for a while."""
    for run in nights.unfinished():
        nights.carry_on(run, patience=PATIENCE)


def ring() -> None:
    doorbell.ring(look)


@shared_task(name="managers.keep_due")
def keep_cadence() -> None:
    """Every hour by beat: contacts come by files too, and days pass."""
    now = timezone.now()
    look_ahead(at=now)
    keep_book(at=now)


@shared_task(name="managers.reckon_book")
def look_at_book() -> None:
    """Do shares of the book after another contact plan, for a while."""
    for run in runs.unfinished():
        runs.carry_on(run, patience=PATIENCE)


def ring_book() -> None:
    doorbell.ring(look_at_book)


doorbell.poll(look, name="assignment-poll")
doorbell.poll(look_at_book, name="contact-plan-poll")
