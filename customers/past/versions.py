"""What was noted of companies, in the version that stood at the end of a past day."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from customers.past.reading import Past


def standing(rows: QuerySet, past: Past) -> list[Any]:
    """The rows that held on the day, as they were said then. Two queries; one where nothing was said since.

    `later` is true of those first noted after the day, told as they were noted; `corrected` of those that say otherwise now.
    """
    found = list(rows)
    newer = {row.pk: row for row in found if row.noted_at >= past.until}
    for row in found:
        row.later, row.corrected = row.pk in newer, False
    for copy in _copies(rows.model, list(newer), past) if newer else []:
        row = newer[copy.pgh_obj_id]
        for field in copy._meta.concrete_fields:
            if not field.name.startswith("pgh_"):
                setattr(row, field.attname, getattr(copy, field.attname))
        row.later, row.corrected = False, True
    return [row for row in found if _held(row, past.day)]


def _copies(model: Any, keys: list[int], past: Past) -> QuerySet:
    """Of each row the last version said by the end of the day."""
    events = model.events.rel.related_model.objects.filter(pgh_obj__in=keys, noted_at__lt=past.until)
    return events.order_by("pgh_obj_id", "-version").distinct("pgh_obj_id")


def _held(row: Any, day: date) -> bool:
    return row.since <= day and (row.until is None or row.until > day)
