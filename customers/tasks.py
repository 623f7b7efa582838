"""Doorbells of imports, subject exports and deleted attributes, and what time asks for: duplicates, old drafts, calls that nobody ended, seals whose
day has come. What is to be done stands in the run ledger, so a lost message loses nothing."""

from celery import shared_task
from django.utils import timezone

from crm.jobs import doorbell
from crm.jobs.models import Run
from customers.attributes.removing import clear_deleted
from customers.calls.services import end_lapsed_calls
from customers.duplicates.finding import find_duplicates
from customers.imports.uploads import take_in
from customers.privacy import exporting
from customers.privacy.erasing import release_due
from customers.registering import services as registering


@shared_task(name="customers.imports.take_in", time_limit=550)
def take_in_upload(run_id: int) -> None:
    run = Run.objects.unfinished().select_related("import_batch").filter(pk=run_id).first()
    if run is not None:
        take_in(run)


@shared_task(name="customers.imports.look", time_limit=550)
def look() -> None:
    """Uploads that are queued, and those whose worker died; one at a time, whoever works on it."""
    for run_id in Run.objects.unfinished().filter(kind=Run.Kind.IMPORT).order_by("pk").values_list("pk", flat=True):
        take_in_upload(run_id)


@shared_task(name="customers.find_duplicates")
def find() -> None:
    """Once a day by beat, and as often as one likes."""
    find_duplicates(at=timezone.now())


@shared_task(name="customers.forget_drafts")
def forget_drafts() -> None:
    """Once a day by beat."""
    registering.forget_drafts(at=timezone.now())


@shared_task(name="customers.end_calls")
def end_calls() -> None:
    """Every five minutes by beat: what a lapsed call had opened has closed by itself already."""
    end_lapsed_calls(at=timezone.now())


@shared_task(name="customers.privacy.make", time_limit=550)
def make_export(run_id: int) -> None:
    run = Run.objects.unfinished().filter(pk=run_id, kind=Run.Kind.DISCLOSURE).first()
    if run is not None:
        exporting.make(run)


@shared_task(name="customers.privacy.look", time_limit=550)
def look_at_exports() -> None:
    """Exports that are queued, and those whose worker died."""
    for run_id in Run.objects.unfinished().filter(kind=Run.Kind.DISCLOSURE).order_by("pk").values_list("pk", flat=True):
        make_export(run_id)


@shared_task(name="customers.privacy.tidy")
def tidy_privacy() -> dict[str, int]:
    """Once a day by beat, and as often as one likes; how many seals went, and how many could not."""
    now = timezone.now()
    released = release_due(at=now)
    exporting.let_go(at=now)
    return released._asdict()


@shared_task(name="customers.attributes.clear", time_limit=550)
def clear_attributes() -> None:
    """Those that are deleted, whoever began with them."""
    clear_deleted()


def ring_attributes() -> None:
    doorbell.ring(clear_attributes)


def ring_export(run_id: int) -> None:
    doorbell.ring(make_export, run_id)


def ring(run_id: int) -> None:
    doorbell.ring(take_in_upload, run_id)


doorbell.poll(look, name="import-poll")
doorbell.poll(clear_attributes, name="attribute-poll")
doorbell.poll(look_at_exports, name="subject-export-poll")
