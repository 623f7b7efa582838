from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from crm.audit.seals import seal_events
from crm.audit.services import forget_answers

KEPT = timedelta(hours=24)


@shared_task
def seal() -> None:
    """Every hour by beat; the night seals too."""
    seal_events(at=timezone.now())


@shared_task
def tidy() -> None:
    """Let go of the answers to POSTs that are older than a day."""
    forget_answers(before=timezone.now() - KEPT)
