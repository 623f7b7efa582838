"""Pictures of documents, encrypted in the table: one backup holds them, and nothing lies about in a folder."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedBytesField
from customers.models.documents import Document
from customers.querysets.documents import DocumentImageQuerySet


class DocumentImage(models.Model):
    """A picture or PDF of a document, encrypted. `content_type` is what it was found to be, not what its name said."""

    class Kind(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"
        PDF = "application/pdf", "PDF"

    class Side(models.TextChoices):
        FRONT = "front", _("Front")
        BACK = "back", _("Back")
        PAGE = "page", pgettext_lazy("of a document", "Page")

    document = models.ForeignKey(Document, models.PROTECT, related_name="images", verbose_name=_("document"))
    side = models.CharField(_("side"), max_length=5, choices=Side, default=Side.FRONT)
    content_type = models.CharField(_("format"), max_length=20, choices=Kind)
    content = EncryptedBytesField(editable=False)
    size = models.PositiveIntegerField(_("bytes"))
    added_at = models.DateTimeField(_("added"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = DocumentImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a document")
        verbose_name_plural = _("pictures of documents")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="document_image_is_not_empty")]
        triggers = [
            pgtrigger.Protect(
                name="never_changes", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["content"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} ({self.get_content_type_display()})"

    @property
    def customer_id(self) -> int:
        return self.document.customer_id
