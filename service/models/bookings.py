"""When a customer comes to a branch to meet a manager in a room. That they meet stands in the managers' calendar (Meeting)."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch
from customers.models.moving import said_once
from managers.models import Meeting
from service.reception.querysets import BookingQuerySet, RoomQuerySet


class Room(models.Model):
    """Of a branch, where customers are received."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+", verbose_name=_("branch"))
    name = models.CharField(_("name"), max_length=60)
    is_used = models.BooleanField(_("in use"), default=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["branch__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "name"],
                name="room_name_once",
                violation_error_message=_("There is such a room already."),
            )
        ]
        indexes = [models.Index(fields=["name", "id"], name="room_by_name")]

    def __str__(self) -> str:
        return f"{self.branch} · {self.name}"


class Booking(models.Model):
    """`starts_at` and `ends_at` are those of the meeting, so that no room is given twice. One that is moved is cancelled, and the
    new one says which it was."""

    class State(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("a booking", "Booked")
        ARRIVED = "arrived", pgettext_lazy("a booking", "Arrived")
        NO_SHOW = "no_show", pgettext_lazy("a booking", "Did not come")
        CANCELLED = "cancelled", pgettext_lazy("a booking", "Cancelled")

    STANDING = (State.BOOKED, State.ARRIVED)

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="booking", verbose_name=_("meeting"))
    room = models.ForeignKey(Room, models.PROTECT, related_name="bookings", verbose_name=_("room"), db_index=False)
    starts_at = models.DateTimeField(pgettext_lazy("a booking", "begins"))
    ends_at = models.DateTimeField(pgettext_lazy("a booking", "ends"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.BOOKED)
    arrived_at = models.DateTimeField(pgettext_lazy("a booking", "arrived"), null=True, blank=True)
    moved_from = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="moved_to", verbose_name=_("moved from")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "pk"]
        constraints = [
            ExclusionConstraint(
                name="booking_room_once_at_a_time",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["booked", "arrived"]),
                violation_error_message=_("The room is taken at this time."),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_not_empty"),
            models.CheckConstraint(
                condition=Q(state="arrived", arrived_at__isnull=False) | (~Q(state="arrived") & Q(arrived_at=None)),
                name="booking_arrival_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "id"], name="booking_first")]
        triggers = [
            said_once("ended_once", "OLD.state IN ('arrived', 'no_show', 'cancelled')", "state", "arrived_at"),
            pgtrigger.Protect(
                name="only_its_end_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("meeting", "room", "starts_at", "ends_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.room}"

    @property
    def customer_id(self) -> int:
        return self.meeting.customer_id
