"""Verbs on how a customer wants to be treated: noted with its source, and ended."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, KnownFrom, Preference
from customers.preferences.querysets import kinds_for
from customers.preferences.words import CHOICES, NONE, SHORT
from customers.services.parties import change_customer
from customers.services.versions import locked

EARLIEST = 1900


@transaction.atomic
def note_preference(
    *, customer: Customer, kind: str, value: str, source: str, learnt_on: date, by: User | str, at: datetime
) -> Preference:
    """What was learnt on a day, not after `at`, now; it takes the place of what it contradicts.

    Language, channel and time are written into the customer's record, where rules and `contactable` read them.
    """
    customer = locked(customer, None)
    _refuse_kind(kind, by)
    value = _said(kind, value)
    _refuse_source(source, learnt_on, timezone.localdate(at))
    open_rows = Preference.objects.open().filter(customer=customer, kind=kind)
    if open_rows.holding().filter(value=value, source=source, learnt_on=learnt_on).exists():
        raise RuleBroken(_("This is known already, from this source and day."), field="value")
    _end(_contradicted(open_rows, kind, value), by, at)
    _write(customer, kind, value, by)
    noted = Preference.objects.create(
        customer=customer, kind=kind, value=value, source=source, learnt_on=learnt_on, by=_person(by), recorded_at=at
    )
    # how somebody eats and what they celebrate tells of their faith: the trail keeps that it was noted, not what
    audit.record("preference.noted", noted, by=by, preference=str(kind), source=str(source))
    return noted


@transaction.atomic
def end_preference(*, preference: Preference, by: User | str, at: datetime) -> Preference:
    """It holds no longer, and nothing is known in its place. It stays in the history."""
    customer = locked(preference.customer, None)
    _refuse_kind(preference.kind, by)
    preference = Preference.objects.select_for_update(of=("self",), no_key=True).get(pk=preference.pk)
    if preference.ended_at is not None:
        raise RuleBroken(_("This preference has ended already."))
    held = Preference.objects.holding().filter(pk=preference.pk).exists()
    _end(Preference.objects.filter(pk=preference.pk), by, at)
    if held:
        _write(customer, preference.kind, "", by)
    preference.refresh_from_db()
    audit.record("preference.ended", preference, by=by, preference=preference.kind)
    return preference


def _contradicted(rows: QuerySet[Preference], kind: str, value: str) -> QuerySet[Preference]:
    """Of a kind of which several hold: the same said before, and whatever can't be true beside it."""
    if kind not in Preference.SEVERAL or value == NONE:
        return rows
    return rows.filter(value__in=(value, NONE))


def _end(rows: QuerySet[Preference], by: User | str, at: datetime) -> None:
    rows.update(ended_at=at, ended_by=_person(by))


def _write(customer: Customer, kind: str, value: str, by: User | str) -> None:
    if column := Preference.COLUMNS.get(kind):
        changes: dict[str, Any] = {column: value}
        change_customer(customer=customer, by=by, **changes)


def _refuse_kind(kind: str, by: User | str) -> None:
    if kind not in Preference.Kind.values:
        raise RuleBroken(_("There is no preference “%(kind)s”.") % {"kind": kind}, field="kind")
    if isinstance(by, User) and not kinds_for(by, [kind]):
        raise RuleBroken(_("Only who looks after the customer notes this."), field="kind")


def _said(kind: str, value: str) -> str:
    """A word of the list of its kind, or one's own words."""
    value, choices = " ".join(value.split()), CHOICES.get(kind)
    if choices is not None:
        if value not in dict(choices):
            raise RuleBroken(_("“%(value)s” is not in the list.") % {"value": value[:40]}, field="value")
    elif not 1 <= len(value) <= SHORT[Preference.Kind(kind)] or not value.isprintable():
        most = SHORT[Preference.Kind(kind)]
        raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": most}, field="value")
    return value


def _refuse_source(source: str, learnt_on: date, today: date) -> None:
    if source not in KnownFrom.values:
        raise RuleBroken(_("Say where this is known from."), field="source")
    if learnt_on > today:
        raise RuleBroken(_("What will be learnt in the future can't be noted."), field="learnt_on")
    if learnt_on.year < EARLIEST:
        raise RuleBroken(_("This is too long ago."), field="learnt_on")


def _person(by: User | str) -> User | None:
    return by if isinstance(by, User) else None
