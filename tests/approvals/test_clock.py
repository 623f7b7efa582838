"""Beat rings; whoever is late is told, what nobody decided ends."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from crm.approvals.tasks import tick
from tests.factories import ProposalFactory

pytestmark = pytest.mark.django_db


def test_beat_rings_by_the_name_of_the_task():
    assert tick.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def test_a_tick_reminds_escalates_and_expires_what_is_due(approver):
    now = timezone.now()
    ages = {"young": 0, "a day": 1, "nearly over": 6, "over": 7}
    made = {name: ProposalFactory(made_at=now - timedelta(days=days, minutes=5)) for name, days in ages.items()}
    tick()
    tick()
    for one in made.values():
        one.refresh_from_db()
    assert {name: (one.status, bool(one.reminded_at), bool(one.escalated_at)) for name, one in made.items()} == {
        "young": ("open", False, False),
        "a day": ("open", True, False),
        "nearly over": ("open", True, True),
        "over": ("expired", False, False),
    }
    assert approver.notifications.count() == 3
