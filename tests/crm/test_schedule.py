"""What beat rings for is there, and may ring twice."""

import pytest
from django.utils import timezone

from crm.celery import app
from crm.schedule import BEAT
from managers.models import Task
from managers.tasks import open_tasks
from segmentation.models import Posting
from segmentation.outbox.services import send
from tests.managers.todo.test_services import DAY, entries


@pytest.mark.parametrize("name", BEAT)
def test_each_entry_names_a_task_that_workers_know(name):
    app.loader.import_default_modules()
    assert BEAT[name]["task"] in app.tasks


@pytest.mark.django_db
def test_tasks_that_no_event_opened_are_opened_by_the_hour_once(own, admin, manager):
    entries(2, own.customer)
    send(value_date=DAY, by=admin)
    Posting.objects.filter(pk=1).update(state="refused", reason="Account closed", answered_at=timezone.now())
    open_tasks()
    open_tasks()
    assert Task.objects.get().about == "1"
    assert manager.notifications.count() == 1
