"""How a night begins: by the clock, or by an admin on the page of runs."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from crm.nightly import due
from crm.nightly.night import finish, open_run
from customers.models import Feed
from segmentation.safety import stops


def running() -> Iterable[Run]:
    return Run.objects.nights().filter(status=Run.Status.RUNNING).order_by("business_date")


def is_time(*, at: datetime | None = None) -> bool:
    """Whether a date is due and its feed is closed, or the hour has come to run without; not while one is stuck.

    A date that a person refused is run again by a person, once what was wrong is mended.
    """
    day = due.next_due(through=due.yesterday())
    stuck = Q(status__in=(Run.Status.WAITING, Run.Status.FAILED)) | Q(status=Run.Status.REFUSED, business_date=day)
    if day is None or Run.objects.nights().filter(stuck).exists():
        return False
    if Feed.objects.filter(kind="balances", closed_through__gte=day).exists():
        return True
    return timezone.localtime(at).hour >= settings.CRM_NIGHT_WAITS_UNTIL


def open_if_time(*, at: datetime | None = None) -> Run | None:
    """Open the next business date if its time has come; many clocks may ask, one run comes of it."""
    if running().exists() or not is_time(at=at):
        return None
    day = due.next_due(through=due.yesterday())
    return open_run(day=day)[0] if day else None


@transaction.atomic
def start_night(*, by) -> tuple[Run, bool]:
    """Start the next due date; while one runs or waits, that one and False. Refuses where nothing is due."""
    current = Run.objects.nights().standing().exclude(status__in=Run.ENDED).order_by("-business_date").first()
    if current is not None and current.status != Run.Status.FAILED:
        return current, False
    day = due.next_due(through=due.yesterday())
    if day is None:
        raise RuleBroken(_("Nothing is due: every business date through yesterday is published."))
    run, created = open_run(day=day, by=by)
    if not created and current is None:  # somebody else was faster by a moment
        return run, False
    audit.record("night.started", run, by=by)
    return run, True


@transaction.atomic
def release_night(*, run: Run, reason: str, by) -> None:
    """Publish a night that waited because too many customers would move. Never by the person who started it."""
    finish(stops.release(run=run, reason=reason, by=by))
