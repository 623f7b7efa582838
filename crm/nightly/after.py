"""What follows a night once it is published: of its own, so that nothing here can hold a night back."""

from datetime import datetime

import structlog

from crm.nightly.due import next_due, yesterday
from managers.assigning.nights import assign_due
from segmentation.changes.services import notice_due

log = structlog.get_logger(__name__)


def follow(*, at: datetime) -> None:
    """As often as one likes: published business dates that nobody has looked at are looked at once, in order.

    Managers are assigned by the newest figures alone: not while a night is due that would bring newer ones.
    """
    try:
        notice_due(at=at)
    except Exception:
        log.exception("changes of customers were not noticed")
    try:
        if next_due(through=yesterday()) is None:
            assign_due(at=at)
    except Exception:
        log.exception("managers were not assigned")
