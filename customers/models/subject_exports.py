"""Everything that the bank holds of a customer, in one file: asked for with a reason, kept sealed for some days."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.crypto import EncryptedTextField
from crm.jobs.models import Run
from customers.models.parties import Customer
from customers.querysets.privacy import SubjectExportQuerySet


class SubjectExport(models.Model):
    """Made by a worker (`run`); `content` is the whole file as JSON, in the customer's language, sealed, and goes at
    `expires_at`. `rows` tells how much it was."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"))
    run = models.OneToOneField(Run, models.PROTECT, related_name="subject_export")
    reason = models.CharField(_("reason"), max_length=300)
    language = models.CharField(_("language"), max_length=10)
    asked_at = models.DateTimeField(_("asked for"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    content = EncryptedTextField(default="", editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = SubjectExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject export")
        verbose_name_plural = _("subject exports")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at=None, expires_at=None) | Q(ready_at__isnull=False, expires_at__gt=F("ready_at")),
                name="subject_export_kept_for_a_while",
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="subject_export_newest"),
            models.Index(fields=["expires_at"], condition=~Q(content=""), name="subject_export_kept"),
        ]

    def __str__(self) -> str:
        return f"X{self.pk:08}"

    @property
    def number(self) -> str:
        return str(self)

    @property
    def is_kept(self) -> bool:
        """Ready, and not yet let go."""
        return self.ready_at is not None and bool(self.content)
