"""What follows a night once it is published: of its own, so that nothing here can hold a night back."""

from datetime import datetime

import structlog

from crm.nightly.due import next_due, yesterday
from managers.assigning.nights import assign_due
from managers.cadence.due import keep_book
from segmentation.changes.services import notice_due
from segmentation.nearing.reckoning import look_ahead

log = structlog.get_logger(__name__)


def follow(*, at: datetime) -> None:
    """As often as one likes: published business dates that nobody has looked at are looked at once, in order; who moved to
    another tier by them is due by its plan, and who is about to is known.

    Managers are assigned by the newest figures alone: not while a night is due that would bring newer ones.
    """
    try:
        if notice_due(at=at):
            look_ahead(at=at)
            keep_book(at=at)
    except Exception:
        log.exception("what follows a night went wrong")
    try:
        if next_due(through=yesterday()) is None:
            assign_due(at=at)
    except Exception:
        log.exception("managers were not assigned")
