"""Verbs on what happens in a customer's life: noted, corrected, struck out."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.life_events.days import parse
from customers.models import Customer, KnownFrom, LifeEvent
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE, locked

CHANGEABLE = frozenset({"kind", "on", "about", "note", "source"})
SAME = frozenset({"kind", "on", "precision", "about"})
MOST = {"about": 80, "note": 1000}


@transaction.atomic
def note_life_event(
    *,
    customer: Customer,
    kind: str,
    on: str,
    source: str,
    by: User | str,
    at: datetime,
    about: str = "",
    note: str = "",
) -> LifeEvent:
    """`on` is a day, a month or a year, as it is known: "2025-09-01", "2025-09", "2025"."""
    customer = locked(customer, None)
    said = _checked({"kind": kind, "on": on, "about": about, "note": note, "source": source}, timezone.localdate(at))
    event = LifeEvent(customer=customer, by=by if isinstance(by, User) else None, recorded_at=at, **said)
    _refuse_known(event)
    event.save()
    audit.record("life_event.noted", event, by=by, event=kind, source=str(source))
    return event


@transaction.atomic
def correct_life_event(
    *, event: LifeEvent, by: User | str, at: datetime, version: int | None = None, **changes: str
) -> LifeEvent:
    """`changes` are of CHANGEABLE; what stood before stays in the history. Refuses (STALE) where somebody was faster."""
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"a life event has no {', '.join(sorted(unknown))} to correct")
    event = _locked(event, version)
    said = _checked(changes, timezone.localdate(at))
    differing = {name: value for name, value in said.items() if getattr(event, name) != value}
    if not differing:
        return event
    for name, value in differing.items():
        setattr(event, name, value)
    if differing.keys() & SAME:
        _refuse_known(event)
    event.version += 1
    event.save(update_fields=[*differing, "version"])
    fields = sorted(set(differing) - {"through"})
    audit.record("life_event.corrected", event, by=by, event=event.kind, fields=fields)
    return event


@transaction.atomic
def strike_life_event(*, event: LifeEvent, by: User, at: datetime, version: int | None = None) -> LifeEvent:
    """It never happened, or is nothing to keep: it is shown no more."""
    event = _locked(event, version)
    event.struck_at, event.struck_by, event.version = at, by, event.version + 1
    event.save(update_fields=["struck_at", "struck_by", "version"])
    audit.record("life_event.struck", event, by=by, event=event.kind)
    return event


def _refuse_known(event: LifeEvent) -> None:
    same = {name: getattr(event, name) for name in SAME}
    if LifeEvent.objects.standing().filter(customer=event.customer, **same).exclude(pk=event.pk).exists():
        raise RuleBroken(_("This is known already."), field="on")


def _locked(event: LifeEvent, version: int | None) -> LifeEvent:
    rows = LifeEvent.objects.select_for_update(of=("self",), no_key=True).select_related("customer")
    event = rows.get(pk=event.pk)
    refuse_merged(event.customer)
    if event.struck_at is not None:
        raise RuleBroken(_("This was struck out already."))
    if version is not None and event.version != version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    return event


def _checked(said: dict[str, str], today: date) -> dict[str, Any]:
    """What was said, by the fields of the model. Raises RuleBroken."""
    found: dict[str, Any] = dict(said)
    for field, choices, text in (
        ("kind", LifeEvent.Kind, _("There is no such life event.")),
        ("source", KnownFrom, _("Say where this is known from.")),
    ):
        if field in said and said[field] not in choices.values:
            raise RuleBroken(text, field=field)
    for field, most in MOST.items():
        if field in said:
            found[field] = said[field].strip() if field == "note" else " ".join(said[field].split())
            if len(found[field]) > most:
                raise RuleBroken(_("At most %(count)s characters.") % {"count": most}, field=field)
    if "on" in said:
        known = parse(said["on"], today=today)
        found |= {"on": known.on, "through": known.through, "precision": str(known.precision)}
    return found
