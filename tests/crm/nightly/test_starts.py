"""However many clocks and people start a night at the same time, one run comes of it."""

from datetime import timedelta

import pytest

from crm.audit.models import Event
from crm.jobs.models import Partition, Run
from crm.nightly import due, start, tasks
from customers.models import Feed
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.segmentation.night.bank import customer_with, policy

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, BEATS = 20, 3


@pytest.fixture
def day_that_is_due(transactional_db: None):
    """Yesterday, its feed closed, and nothing before it."""
    day = due.yesterday()
    policy(("mass", None, 0))
    customer_with({day: "5000"})
    Feed.objects.update_or_create(kind="balances", defaults={"closed_through": day})
    return day


def test_three_beats_and_twenty_starts_make_one_run(day_that_is_due):
    admins = UserFactory.create_batch(PEOPLE, admin=True)
    wrong = at_once([tasks.look] * BEATS + [lambda by=by: start.start_night(by=by) for by in admins])

    night = Run.objects.nights().get()
    if night.status == Run.Status.RUNNING:
        tasks.look()
        night.refresh_from_db()
    assert (night.business_date, night.status) == (day_that_is_due, Run.Status.COMPLETED)
    assert all("Nothing is due" in str(error) for error in wrong), wrong
    assert Partition.objects.filter(run=night).count() == 1
    assert Event.objects.filter(action__in=("night.opened", "night.published")).count() == 2


def test_twenty_starts_at_once_are_one_that_is_new(day_that_is_due):
    admins = UserFactory.create_batch(PEOPLE, admin=True)
    found: list[tuple[Run, bool]] = []
    wrong = at_once([lambda by=by: found.append(start.start_night(by=by)) for by in admins])

    assert wrong == []
    assert len({run.pk for run, _is_new in found}) == 1
    assert sum(is_new for _run, is_new in found) == 1
    assert Event.objects.filter(action="night.started").count() == 1
    assert Run.objects.nights().get().business_date == day_that_is_due
    assert due.next_due(through=day_that_is_due + timedelta(days=1)) == day_that_is_due
