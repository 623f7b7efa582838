from celery import shared_task
from django.utils import timezone

from crm.approvals import services


@shared_task
def tick() -> None:
    """Reminders, escalations and expiries that are due."""
    at = timezone.now()
    services.expire(at=at)
    services.escalate(at=at)
    services.remind(at=at)
