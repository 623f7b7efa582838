"""Who is invited to an event, and what they said."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from customers.models.channels import ContactChannel
from customers.models.moving import moves_with_merges
from managers.events.querysets import InvitationQuerySet
from managers.models.events import Event
from segmentation.models import Tier

MOST_COMPANIONS = 9
TAKING = ("accepted", "attended", "absent")
# the event's check does the rest: it takes no more guests than it has places, whoever writes
COUNTED = """
IF TG_OP = 'INSERT' THEN
    UPDATE managers_event SET taken = taken + NEW.places_taken WHERE id = NEW.event_id AND NEW.places_taken > 0;
ELSIF NEW.places_taken <> OLD.places_taken THEN
    UPDATE managers_event SET taken = taken + NEW.places_taken - OLD.places_taken WHERE id = NEW.event_id;
END IF;
RETURN NULL;
"""


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange("state", "companions")),
    fields=["state", "companions", "changed_at", "changed_by"],
    model_name="InvitationStep",
    obj_field=pghistory.ObjForeignKey(related_name="steps"),
    append_only=True,
)
class Invitation(models.Model):
    """`line` is the place in the waiting list, the lowest first. `tier` is the customer's when invited.

    `changed_by` is nobody where a place fell to who waited, or the customer was erased.
    """

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("a guest", "Invited")
        ACCEPTED = "accepted", pgettext_lazy("a guest", "Accepted")
        DECLINED = "declined", pgettext_lazy("a guest", "Declined")
        WAITING = "waiting", pgettext_lazy("a guest", "Waiting")
        CANCELLED = "cancelled", pgettext_lazy("a guest", "Cancelled")
        ATTENDED = "attended", pgettext_lazy("a guest", "Attended")
        ABSENT = "absent", pgettext_lazy("a guest", "Absent")

    OPEN = (State.INVITED, State.ACCEPTED, State.WAITING)

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="invitations", verbose_name=_("event"), db_index=False
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="invitations", verbose_name=_("customer"), db_index=False
    )
    channel = models.CharField(_("channel"), max_length=12, choices=ContactChannel)
    tier = models.ForeignKey(
        Tier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tier"), db_index=False
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by"), db_index=False
    )
    invited_at = models.DateTimeField(_("invited"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.INVITED)
    companions = models.PositiveSmallIntegerField(_("companions"), default=0)
    line = models.PositiveIntegerField(_("place in the waiting list"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    places_taken = models.GeneratedField(
        verbose_name=_("places taken"),
        expression=Case(When(state__in=TAKING, then=F("companions") + Value(1)), default=Value(0)),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("changed by"),
        db_index=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "customer"],
                name="invitation_once",
                violation_error_message=_("This customer is invited already."),
            ),
            models.UniqueConstraint(
                fields=["event", "line"], condition=Q(line__isnull=False), name="invitation_one_per_place_in_line"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", line__isnull=False) | ~Q(state="waiting") & Q(line=None),
                name="invitation_waits_in_line",
            ),
            models.CheckConstraint(
                condition=Q(state="attended", checked_in_at__isnull=False)
                | ~Q(state="attended") & Q(checked_in_at=None),
                name="invitation_attended_is_checked_in",
            ),
            models.CheckConstraint(
                condition=Q(state="invited", answered_at=None)
                | Q(state="cancelled")
                | ~Q(state__in=["invited", "cancelled"]) & Q(answered_at__isnull=False),
                name="invitation_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(companions__lte=MOST_COMPANIONS), name="invitation_not_too_many_companions"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-changed_at"], name="invitation_of_customer"),
            models.Index(fields=["event", "-id"], name="invitation_of_event"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="who_was_invited_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("event", "channel", "tier", "invited_by", "invited_at"),
            ),
            pgtrigger.Trigger(
                name="takes_places",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=COUNTED,
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def party(self) -> int:
        """How many come."""
        return 1 + self.companions
