"""The way of authorised requests to the bank's core. A message is put with the authorisation, and stays until it arrived."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedTextField
from service.models.requests import ServiceRequest
from service.outbox.querysets import CoreMessageQuerySet, OfMessageQuerySet


class CoreMessage(models.Model):
    """`key` is the same however often it is sent: by it the core does what it says once. `attempts` counts all of them, `tries` those
    since it was put or sent again. Who claimed it has it until `claimed_until`; `sealed` is the body, empty once it is not needed."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a message", "Waiting")
        DELIVERED = "delivered", pgettext_lazy("a message", "Delivered")
        STUCK = "stuck", pgettext_lazy("a message", "Stuck")
        DROPPED = "dropped", pgettext_lazy("a message", "Not sent")

    request = models.OneToOneField(
        ServiceRequest, models.PROTECT, related_name="message", verbose_name=_("service request")
    )
    key = models.UUIDField(_("key"), unique=True, default=uuid4, editable=False)
    sealed = EncryptedTextField(default="", editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    next_at = models.DateTimeField(_("next attempt"))
    claimed_until = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(pgettext_lazy("a message", "delivered"), null=True, blank=True)

    objects = CoreMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to the core")
        verbose_name_plural = _("messages to the core")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["delivered", "dropped"], ended_at__isnull=False, claimed_until=None)
                | Q(state__in=["waiting", "stuck"], ended_at=None),
                name="core_message_end_is_whole",
            )
        ]
        indexes = [models.Index(fields=["next_at", "id"], condition=Q(state="waiting"), name="core_message_waiting")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="said_at_first", operation=pgtrigger.Update, condition=pgtrigger.AnyChange("request", "key")
            ),
            pgtrigger.Protect(
                name="ended_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL AND NEW.state IS DISTINCT FROM OLD.state"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class CoreAttempt(models.Model):
    """One sending of a message, and what came of it; `status` is that of HTTP, None where no answer came. Never changes."""

    message = models.ForeignKey(
        CoreMessage, models.PROTECT, related_name="log", verbose_name=_("message to the core"), db_index=False
    )
    number = models.PositiveIntegerField(_("attempt"))
    at = models.DateTimeField(_("at"))
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    said = models.CharField(pgettext_lazy("the core", "answer"), max_length=300, blank=True)

    objects = OfMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt to reach the core")
        verbose_name_plural = _("attempts to reach the core")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="core_attempt_once")]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number}: {self.status or '–'}"

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
