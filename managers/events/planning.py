"""Verbs on events: planned, changed, opened for answers, closed to them, held, cancelled."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.money import rounded
from crm.identity.models import User
from crm.identity.services.alerts import notify
from managers.events.waiting import promote
from managers.models import Event, Invitation, TierQuota
from managers.todo.services import follow_event
from segmentation.models import Tier

Quotas = Mapping[Tier, int]
STALE = "stale"


@transaction.atomic
def plan_event(*, by: User, at: datetime, quotas: Quotas | None = None, **said: Any) -> Event:
    """`said` are the fields of the event; the branch is that of `by` or one below it."""
    event = Event(**said)
    _refuse(event, by)
    if event.starts_at <= at:
        raise RuleBroken(_("An event is planned before it begins."), field="starts_at")
    event.save()
    _set_quotas(event, quotas or {})
    audit.record("event.planned", event, by=by, **_told(event))
    return event


@transaction.atomic
def change_event(
    *, event: Event, version: int | None, by: User, at: datetime, quotas: Quotas | None = None, **said: Any
) -> Event:
    """More places go to who waits for one. Of an event that is over, only what it has cost can be said."""
    event = _locked(event, version)
    if not event.is_ahead and set(_changed(event, said)) - {"cost"}:
        raise RuleBroken(_("Of an event that is over only the cost can be changed."), code="over")
    for name, value in said.items():
        setattr(event, name, value)
    _refuse(event, by)
    if event.places < event.taken:
        text = _("%(taken)s places are taken: there can't be fewer.") % {"taken": event.taken}
        raise RuleBroken(text, field="places", code="places")
    _save(event, *said)
    if quotas is not None and event.is_ahead:
        _set_quotas(event, quotas)
    audit.record("event.changed", event, by=by, **_told(event))
    promote(event=event, at=at)
    return event


@transaction.atomic
def open_event(*, event: Event, version: int | None = None, by: User) -> Event:
    """From now on answers are taken."""
    return _step(event, version, Event.State.OPEN, "event.opened", by, (Event.State.PLANNED, Event.State.CLOSED))


@transaction.atomic
def close_answers(*, event: Event, version: int | None = None, by: User) -> Event:
    """Nobody accepts any more; who cancels still makes room for who waits."""
    return _step(event, version, Event.State.CLOSED, "event.answers_closed", by, (Event.State.OPEN,))


@transaction.atomic
def close_event(
    *, event: Event, by: User, at: datetime, version: int | None = None, cost: Decimal | None = None
) -> Event:
    """It was held: who accepted and was not checked in was absent; who attended is followed up."""
    event = _locked(event, version)
    if at < event.starts_at:
        raise RuleBroken(_("This event has not begun yet."), code="early")
    if cost is not None:
        event.cost = cost
    _refuse(event, by)
    event = _stepped(event, Event.State.HELD, (Event.State.OPEN, Event.State.CLOSED), "cost")
    absent = event.invitations.accepted().update(
        state=Invitation.State.ABSENT, changed_at=at, changed_by=by, version=F("version") + 1
    )
    audit.record("event.held", event, by=by, absent=absent)
    follow_event(as_of=at)
    return event


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: User, at: datetime, version: int | None = None) -> Event:
    """For a reason. The managers of those who had answered are told, to tell them."""
    event = _locked(event, version)
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    event.reason = reason.strip()
    event = _stepped(event, Event.State.CANCELLED, Event.AHEAD, "reason")
    guests = event.invitations.open().exclude(state=Invitation.State.INVITED)
    managers = list(User.objects.filter(is_active=True, pk__in=guests.values("customer__manager")))
    count = event.invitations.open().update(
        state=Invitation.State.CANCELLED, line=None, changed_at=at, changed_by=by, version=F("version") + 1
    )
    text = _("%(event)s is cancelled: %(reason)s Tell your guests.") % {"event": event, "reason": event.reason}
    notify(users=managers, text=text, url=reverse("event", args=[event.pk]), at=at)
    audit.record("event.cancelled", event, by=by, reason=event.reason, invitations=count)
    return event


def _locked(event: Event, version: int | None) -> Event:
    event = Event.objects.for_change(event.pk)
    if version is not None and event.version != version:
        text = _("Somebody changed this event in the meantime. Look at what is there now, then save again.")
        raise RuleBroken(text, code=STALE)
    return event


def _refuse(event: Event, by: User) -> None:
    if by.branch is None or not event.branch.path.startswith(by.branch.path):
        raise RuleBroken(_("An event is held by your branch or one below it."), field="branch", code="branch")
    if event.ends_at <= event.starts_at:
        raise RuleBroken(_("An event ends after it begins."), field="ends_at")
    if event.places < 1:
        raise RuleBroken(_("An event has at least one place."), field="places")
    if not re.fullmatch("[A-Z]{3}", event.currency):
        raise RuleBroken(_("A currency has three capital letters."), field="currency")
    for name in ("budget", "cost"):
        amount = getattr(event, name)
        if amount is not None and (amount < 0 or amount != rounded(amount, event.currency)):
            raise RuleBroken(_("An amount that is not negative, in no more digits than the currency has."), field=name)


def _changed(event: Event, said: dict[str, Any]) -> list[str]:
    return [name for name, value in said.items() if getattr(event, name) != value]


def _step(event: Event, version: int | None, to: str, action: str, by: User, before: tuple[str, ...]) -> Event:
    event = _stepped(_locked(event, version), to, before)
    audit.record(action, event, by=by)
    return event


def _stepped(event: Event, to: str, before: tuple[str, ...], *fields: str) -> Event:
    if event.state not in before:
        raise RuleBroken(_("This event is: %(state)s.") % {"state": event.get_state_display()}, code="state")
    event.state = Event.State(to)
    _save(event, "state", *fields)
    return event


def _save(event: Event, *fields: str) -> None:
    event.version += 1
    event.save(update_fields=["version", *fields])


def _set_quotas(event: Event, quotas: Quotas) -> None:
    event.quotas.exclude(tier__in=quotas).delete()
    TierQuota.objects.bulk_create(
        [TierQuota(event=event, tier=tier, invitations=most) for tier, most in quotas.items()],
        update_conflicts=True,
        unique_fields=["event", "tier"],
        update_fields=["invitations"],
    )


def _told(event: Event) -> dict[str, Any]:
    said = {"branch": event.branch.code, "starts_at": event.starts_at.isoformat(), "places": event.places}
    return said | {"budget": str(event.budget or ""), "cost": str(event.cost or ""), "currency": event.currency}
