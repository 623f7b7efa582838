"""How a night begins: by the clock, or by an admin on the page of runs."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from crm.nightly import due
from crm.nightly.night import finish, open_run
from customers.models import Feed


def running() -> Iterable[Run]:
    return Run.objects.nights().filter(status=Run.Status.RUNNING).order_by("business_date")


def is_time(*, at: datetime | None = None) -> bool:
    """Whether a date is due and its feed is closed, or the hour has come to run without; not while one is stuck."""
    day = due.next_due(through=due.yesterday())
    if day is None or Run.objects.nights().filter(status__in=(Run.Status.WAITING, Run.Status.FAILED)).exists():
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
    current = Run.objects.nights().exclude(status__in=Run.ENDED).order_by("-business_date").first()
    if current is not None and current.status != Run.Status.FAILED:
        return current, False
    day = due.next_due(through=due.yesterday())
    if day is None:
        raise RuleBroken(_("Nothing is due: every business date through yesterday is published."))
    run, _created = open_run(day=day, by=by)
    audit.record("night.started", run, by=by)
    return run, True


@transaction.atomic
def release_night(*, run: Run, reason: str, by) -> None:
    """Publish a night that waited because too many customers would move. Never by the person who started it."""
    run = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if run.status != Run.Status.WAITING or not run.partitions.exists():
        raise RuleBroken(_("This run does not wait for anybody."))
    if not reason.strip():
        raise RuleBroken(_("Say why the night may be published."), field="reason")
    if run.started_by_id == by.pk:
        raise RuleBroken(_("Whoever started a night can't release it."))
    run.parameters = run.parameters | {"released": {"by": str(by), "reason": reason}}
    run.status, run.message = Run.Status.RUNNING, ""
    run.save(update_fields=["parameters", "status", "message"])
    audit.record("night.released", run, by=by, reason=reason)
    finish(run)
