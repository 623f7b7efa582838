"""Doorbells of what managers have to do."""

from celery import shared_task
from django.utils import timezone

from managers.todo import services


@shared_task(name="managers.open_tasks")
def open_tasks() -> None:
    """Every hour by beat, and as often as one likes."""
    services.open_tasks(as_of=timezone.now())
