"""Verbs on bookings: a manager and a room at any branch, moved, cancelled, arrived, or nobody came."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, User
from crm.identity.services.alerts import notify
from customers.models import Customer, Interaction
from customers.services.versions import STALE
from managers.meetings.services import arrange_meeting, cancel_meeting
from managers.models import Absence
from service.models import Booking, Room

State = Booking.State


@transaction.atomic
def keep_room(*, branch: Branch, name: str, is_used: bool, by: User, room: Room | None = None) -> Room:
    name = " ".join(name.split())
    others = Room.objects.exclude(pk=room.pk) if room else Room.objects.all()
    if others.filter(branch=branch, name=name).exists():
        raise RuleBroken(_("There is such a room already."), field="name", code="duplicate")
    room = room or Room(branch=branch)
    room.name, room.is_used = name, is_used
    room.save()
    audit.record("room.kept", room, by=by, branch=branch.code, is_used=is_used)
    return room


@transaction.atomic
def book(
    *, customer: Customer, manager: User, room: Room, starts_at: datetime, minutes: int, by: User, at: datetime, subject: str = "",
    moved_from: Booking | None = None,
) -> Booking:  # fmt: skip
    """In the calendar of a manager who is at work then, and in a room that is free. Raises RuleBroken."""
    _refuse_away(manager, starts_at)
    meeting = arrange_meeting(
        customer=customer, manager=manager, starts_at=starts_at, minutes=minutes, channel=Interaction.Channel.BRANCH, by=by,
        at=at, subject=subject,
    )  # fmt: skip
    # whoever books a room waits for who does so before them
    room = Room.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)
    if not room.is_used:
        raise RuleBroken(_("This room is not in use."), field="room")
    taken = Booking.objects.standing().filter(room=room, starts_at__lt=meeting.ends_at, ends_at__gt=meeting.starts_at)
    if taken.exists():
        raise RuleBroken(_("The room is taken at this time."), field="room", code="overlap")
    booking = Booking.objects.create(
        meeting=meeting, room=room, starts_at=meeting.starts_at, ends_at=meeting.ends_at, moved_from=moved_from
    )
    _record("booking.made", booking, by, manager=manager.username, room=room.pk)
    _tell(booking, _("Booked with you: %(when)s, %(customer)s, %(room)s"), by=by, at=at)
    return booking


def _refuse_away(manager: User, starts_at: datetime) -> None:
    if not manager.is_active or manager.role != User.Role.MANAGER:
        raise RuleBroken(_("%(user)s is no manager.") % {"user": manager}, field="manager", code="role")
    day = timezone.localdate(starts_at)
    away = Absence.objects.holding(day).filter(manager=manager).select_related("cover").first()
    if away and away.cover:
        words = {"user": manager, "cover": away.cover}
        raise RuleBroken(_("%(user)s is away on this day; %(cover)s covers.") % words, field="manager", code="away")
    if away:
        raise RuleBroken(_("%(user)s is away on this day.") % {"user": manager}, field="manager", code="away")


@transaction.atomic
def cancel(*, booking: Booking, reason: str, by: User, at: datetime, version: int | None = None) -> Booking:
    booking = _for_change(booking, version)
    return _cancelled(booking, reason, by=by, at=at)


def _cancelled(booking: Booking, reason: str, *, by: User, at: datetime) -> Booking:
    cancel_meeting(meeting=booking.meeting, reason=reason, by=by, at=at)
    booking.state = State.CANCELLED
    _save(booking)
    _record("booking.cancelled", booking, by)
    _tell(booking, _("Cancelled: %(when)s, %(customer)s, %(room)s"), by=by, at=at)
    return booking


@transaction.atomic
def move(
    *, booking: Booking, starts_at: datetime, minutes: int, room: Room, by: User, at: datetime, version: int | None = None
) -> Booking:  # fmt: skip
    """To another hour or room, with the same manager; the new one."""
    booking = _cancelled(_for_change(booking, version), _("moved"), by=by, at=at)
    old = booking.meeting
    return book(
        customer=old.customer, manager=old.manager, room=room, starts_at=starts_at, minutes=minutes, by=by, at=at,
        subject=old.subject, moved_from=booking,
    )  # fmt: skip


@transaction.atomic
def arrive(*, booking: Booking, by: User, at: datetime, version: int | None = None) -> Booking:
    """They are here: the manager is told."""
    booking = _for_change(booking, version)
    if timezone.localdate(booking.starts_at) != timezone.localdate(at):
        raise RuleBroken(_("This booking is of another day."), code="day")
    booking.state, booking.arrived_at = State.ARRIVED, at
    _save(booking)
    _record("booking.arrived", booking, by)
    _tell(booking, _("Here for you: %(customer)s, %(room)s"), by=by, at=at)
    return booking


@transaction.atomic
def miss(*, booking: Booking, by: User, at: datetime, version: int | None = None) -> Booking:
    """Nobody came."""
    booking = _for_change(booking, version)
    if at < booking.starts_at:
        raise RuleBroken(_("It has not begun yet."), code="early")
    booking.state = State.NO_SHOW
    _save(booking)
    _record("booking.missed", booking, by)
    return booking


def _for_change(booking: Booking, version: int | None) -> Booking:
    found = Booking.objects.for_change(booking)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this booking in the meantime."), code=STALE)
    if found.state != State.BOOKED:
        raise RuleBroken(_("This booking is over: %(state)s.") % {"state": found.get_state_display()}, code="over")
    return found


def _save(booking: Booking) -> None:
    booking.version += 1
    booking.save(update_fields=["state", "arrived_at", "version"])


def _record(action: str, booking: Booking, by: User, **told: Any) -> None:
    audit.record(action, booking, by=by, customer_id=booking.customer_id, **told)


def _tell(booking: Booking, text: str, *, by: User, at: datetime) -> None:
    manager = booking.meeting.manager
    if manager != by:
        when = date_format(timezone.localtime(booking.starts_at), "Y-m-d H:i")
        words = {"when": when, "customer": booking.meeting.customer, "room": booking.room}
        notify(users=[manager], text=text % words, url=reverse("bookings"), at=at)
