"""Who did what and who read what. No foreign keys: it outlives what it tells of; never plain contact data."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.audit.querysets import EventQuerySet


class Event(models.Model):
    """One act of one person or worker. Append-only: by privilege, and by trigger for everybody else."""

    class Kind(models.TextChoices):
        WRITE = "write", _("Write")
        READ = "read", _("Read")
        EXPORT = "export", _("Export")
        SIGN_IN = "sign_in", _("Sign in")

    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    action = models.CharField(_("action"), max_length=64)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(_("who"), max_length=150)
    object_type = models.CharField(_("type"), max_length=64)
    object_id = models.CharField(max_length=64)
    object_label = models.CharField(_("what"), max_length=200)
    customer_id = models.BigIntegerField(null=True)
    request_id = models.CharField(_("request"), max_length=64)
    data = models.JSONField(_("details"), default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_event_newest"),
            models.Index(fields=["customer_id", "-at"], name="audit_event_of_customer"),
            models.Index(fields=["actor_id", "-at"], name="audit_event_of_actor"),
            models.Index(fields=["actor_label", "-at"], name="audit_event_of_name"),
            models.Index(fields=["action", "-at"], name="audit_event_of_action"),
            models.Index(fields=["object_type", "object_id"], name="audit_event_of_object"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}"


class Seal(models.Model):
    """A link of the hash chain: covers the events up to `through_id`, and the seal before it (crm.audit.seals).

    `leaves` are 40 bytes for each event in order of id: the id, then the SHA-256 of the row.
    """

    through_id = models.BigIntegerField(unique=True)
    events = models.PositiveIntegerField()
    leaves = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.through_id}"


class IdempotencyKey(models.Model):
    """The answer to a POST, kept 24 hours so that a repeated request is answered and not done again."""

    user_id = models.BigIntegerField()
    key = models.CharField(max_length=128)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "key"], name="audit_one_key_per_user")]

    def __str__(self) -> str:
        return self.key
