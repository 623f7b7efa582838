"""The words of work orders, and the one that the customer is told."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    OPEN = "open", pgettext_lazy("a work order", "Open")
    TAKEN = "taken", pgettext_lazy("a work order", "In hand")
    RETURNED = "returned", pgettext_lazy("a work order", "Given back")
    DONE = "done", pgettext_lazy("a work order", "Done")
    CANCELLED = "cancelled", pgettext_lazy("a work order", "Cancelled")


ENDED = (State.DONE, State.CANCELLED)
# what may follow; who gave one back is asked no more, whoever opened it passes it on or cancels it
WAYS: tuple[tuple[State, State], ...] = (
    (State.OPEN, State.TAKEN),
    (State.OPEN, State.DONE),
    (State.OPEN, State.RETURNED),
    (State.OPEN, State.CANCELLED),
    (State.TAKEN, State.DONE),
    (State.TAKEN, State.RETURNED),
    (State.TAKEN, State.CANCELLED),
    (State.RETURNED, State.OPEN),
    (State.RETURNED, State.CANCELLED),
)


class Progress(TextChoices):
    RECEIVED = "received", _("Received by the departments")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("All departments are done")


def progress_of(states: Iterable[str]) -> Progress | None:
    """One status of all orders of a matter: what was cancelled is no part of it, and nobody is told which department waits."""
    live = {State(each) for each in states} - {State.CANCELLED}
    if not live:
        return None
    if live == {State.DONE}:
        return Progress.DONE
    return Progress.RECEIVED if live == {State.OPEN} else Progress.IN_PROGRESS
