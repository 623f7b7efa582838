"""Doorbells of the service desk."""

from celery import shared_task
from django.utils import timezone

from crm.jobs import doorbell
from service.callers.keeping import forget_callers
from service.complaints.alerting import alert
from service.knowledge.reviewing import tell_due
from service.outbox.handing import hand_over
from service.phone.call_backs import miss
from service.roster.planning import watch_gaps
from service.tickets.assigning import deal_out
from service.tickets.reckoning import keep_reckoned
from service.tickets.sweeping import close_solved, sweep


@shared_task(name="service.watch_clocks")
def watch_clocks() -> None:
    """Every minute by beat, and as often as one likes."""
    now = timezone.now()
    keep_reckoned(at=now)
    sweep(at=now)


@shared_task(name="service.deal_out")
def deal() -> None:
    """Every minute by beat, and as often as one likes."""
    deal_out(at=timezone.now())


@shared_task(name="service.close_solved")
def close() -> None:
    """Every hour by beat, and as often as one likes."""
    close_solved(at=timezone.now())


@shared_task(name="service.tell_due_articles")
def tell_of_articles() -> None:
    """Every hour by beat, and as often as one likes."""
    tell_due(at=timezone.now())


@shared_task(name="service.hand_over", time_limit=550)
def hand_requests_over() -> None:
    """When one was put, every half minute by beat and by each worker, and as often as one likes."""
    hand_over(at=timezone.now())


def ring_outbox() -> None:
    doorbell.ring(hand_requests_over)


doorbell.poll(hand_requests_over, name="outbox-poll")


@shared_task(name="service.forget_callers")
def forget() -> None:
    """Every day by beat, and as often as one likes."""
    forget_callers(at=timezone.now())


@shared_task(name="service.miss_call_backs")
def miss_call_backs() -> None:
    """Every minute by beat, and as often as one likes."""
    miss(at=timezone.now())


@shared_task(name="service.watch_last_days")
def watch_last_days() -> None:
    """Every hour by beat, and as often as one likes."""
    alert(at=timezone.now())


@shared_task(name="service.watch_gaps")
def watch_gaps_of_rosters() -> None:
    """Every hour by beat, and as often as one likes: once a day it is told."""
    watch_gaps(at=timezone.now())
