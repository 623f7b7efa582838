"""What was noted of companies, in the version that stood at the end of a past day."""

from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When

from customers.models import OutsideParty
from customers.past.reading import Past

# what no line of a past day shows
UNTOLD = ("by_id", "noted_at", "version", "remark")


def standing(rows: QuerySet, past: Past) -> QuerySet:
    """The rows that held on the day, as they were said by its end, or first after it.

    `copy` is the key of that version in the history, None where it stands today.
    """
    held = Q(Q(until=None) | Q(until__gt=past.day), since__lte=past.day)
    history = _history(rows.model)
    said = history.filter(pgh_obj=OuterRef("pk")).order_by(_by_then(past)).values("pk")[:1]
    rows = rows.annotate(copy=Case(When(noted_at__gte=past.until, then=Subquery(said))))
    return rows.filter(Q(held, copy=None) | Exists(history.filter(held, pk=OuterRef("copy"))))


def told(rows: QuerySet, past: Past) -> list[Any]:
    """Standing rows as they were said, parties outside the bank under their names of then. Up to three queries.

    `later` is true of those first noted after the day, `corrected` of those that say otherwise now; `ended` is the end of one
    that was said to go on.
    """
    found = list(rows)
    copies = _history(rows.model).in_bulk([row.copy for row in found if row.copy])
    for row in found:
        row.corrected, row.ended = False, None
        if row.copy:
            _turn_back(row, copies[row.copy], past)
        row.later = row.noted_at >= past.until
    _rename([row for row in found if getattr(row, "outsider", None)], past)
    return found


def _history(model: Any) -> QuerySet:
    return model.events.rel.related_model.objects.all()


def _by_then(past: Past) -> Case:
    """The last version said by the end of the day comes first; else the first one. What nobody corrected has no moment."""
    by_then = Q(noted_at=None) | Q(noted_at__lt=past.until)
    return Case(When(by_then, then=-F("version")), default=F("version"), output_field=IntegerField())


def _turn_back(row: Any, copy: Any, past: Past) -> None:
    for name in (field.attname for field in copy._meta.concrete_fields if not field.name.startswith("pgh_")):
        said, now = getattr(copy, name), getattr(row, name)
        if name == "until" and said is None and now is not None and now > past.day:
            row.ended = now
        elif said != now and name not in UNTOLD:
            row.corrected = True
        setattr(row, name, said)


def _rename(rows: list[Any], past: Past) -> None:
    renamed = {row.outsider_id for row in rows if row.outsider.noted_at and row.outsider.noted_at >= past.until}
    if not renamed:
        return
    history = _history(OutsideParty).filter(pgh_obj__in=renamed).order_by("pgh_obj_id", _by_then(past))
    copies = {copy.pgh_obj_id: copy for copy in history.distinct("pgh_obj_id")}
    for row in rows:
        if copy := copies.get(row.outsider_id):
            row.corrected = True
            for name in OutsideParty.CORRECTABLE:
                setattr(row.outsider, name, getattr(copy, name))
