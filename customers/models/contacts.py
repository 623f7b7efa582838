"""How to reach a customer, and every time somebody did."""

from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.crypto import EncryptedTextField
from customers.models.changes import notes_past
from customers.models.channels import ContactChannel
from customers.models.moves import notes_moves
from customers.models.parties import Customer
from customers.querysets.parties import InteractionQuerySet, OfCustomerQuerySet


class Contact(models.Model):
    """Contact data, encrypted; found by exact match over a keyed hash of the normalised value; shown masked."""

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="contact")
    national_id = EncryptedTextField(_("national id"), default="", blank=True)
    phone = EncryptedTextField(_("phone"), default="", blank=True)
    email = EncryptedTextField(_("e-mail"), default="", blank=True)
    address = EncryptedTextField(_("address"), default="", blank=True)
    national_id_hash = models.BinaryField(null=True, editable=False)
    phone_hash = models.BinaryField(null=True, editable=False)
    email_hash = models.BinaryField(null=True, editable=False)
    address_hash = models.BinaryField(null=True, editable=False)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact data")
        verbose_name_plural = _("contact data")
        indexes = [
            models.Index(fields=["national_id_hash"], name="contact_by_national_id"),
            models.Index(fields=["phone_hash"], name="contact_by_phone"),
            models.Index(fields=["email_hash"], name="contact_by_email"),
        ]
        triggers = [notes_moves()]

    def __str__(self) -> str:
        return str(self.customer_id)


TOLD = ("at", "channel", "direction", "purpose", "outcome", "note", "next_on")


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange(*TOLD)),
    fields=[*TOLD, "version"],
    model_name="InteractionEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    append_only=True,
)
class Interaction(models.Model):
    """One contact with a customer, by whichever channel. `next_on` is the day of the next step.

    Who logged it may correct it for a day, and each version stays in its history; later a word is added (Amendment).
    """

    CORRECTABLE = timedelta(hours=24)

    Channel = ContactChannel

    class Direction(models.TextChoices):
        OUT = "out", _("We contacted them")
        IN = "in", _("They contacted us")

    class Purpose(models.TextChoices):
        CARE = "care", _("Keeping in touch")
        SALES = "sales", _("Sales")
        SERVICE = "service", _("Service")
        COMPLAINT = "complaint", _("Complaint")
        REVIEW = "review", _("Review")
        OTHER = "other", _("Other")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        NOT_REACHED = "not_reached", _("Not reached")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        FOLLOW_UP = "follow_up", _("Follow up")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="interactions")
    at = models.DateTimeField(_("at"))
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.OUT)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.CARE)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.REACHED)
    note = models.TextField(_("note"), blank=True, max_length=4000)
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    source_hash = models.BinaryField(null=True, editable=False, unique=True)
    created_at = models.DateTimeField(_("logged"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        ordering = ["-at", "-pk"]
        # a day earlier: whichever time zone the bank keeps its days in
        triggers = notes_past("customers", "rows.customer_id", "rows.at - interval '1 day'")
        indexes = [
            models.Index(fields=["customer", "-at", "-id"], name="interaction_timeline"),
            models.Index(fields=["-at", "-id"], name="interaction_newest"),
            models.Index(
                fields=["customer", "next_on"], condition=models.Q(next_on__isnull=False), name="interaction_next_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {timezone.localdate(self.at):%Y-%m-%d}"

    def is_correctable(self, by: Any, at: datetime) -> bool:
        return self.by_id is not None and self.by_id == by.pk and at - self.created_at < self.CORRECTABLE
