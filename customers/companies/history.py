"""What was noted before it was corrected, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from customers.history import shown
from customers.models import OutsideParty
from customers.models.noted import Noted

HIDDEN = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context", "by", "noted_at", "reason", "version"}


@dataclass(frozen=True)
class Earlier:
    """It stood until the moment `until`, said by `by`; `fields` are those that the next version said otherwise, as they were,
    `because` what it said of that, and `corrected_by` who."""

    until: datetime
    by: str
    fields: list[tuple[str, str]]
    because: str = ""
    corrected_by: str = ""


def earlier_of(row: Noted | OutsideParty) -> list[Earlier]:
    """The newest first. One query."""
    events: Any = row.events.select_related("by").order_by("-pgh_id")  # type: ignore[union-attr]
    found: list[Earlier] = []
    after: Any = row
    for event in events:
        fields = [field for field in event._meta.concrete_fields if field.name not in HIDDEN]
        differing = [field for field in fields if getattr(event, field.attname) != getattr(after, field.attname)]
        said = [(str(field.verbose_name), shown(event, field) or "–") for field in differing]
        because, who = getattr(after, "reason", ""), str(after.by or "")
        found.append(Earlier(event.pgh_created_at, str(event.by or ""), said, because, who))
        after = event
    return found
