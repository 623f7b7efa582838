"""The members of a segment as they once were."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.querysets.parties import OfCustomerQuerySet
from segmentation.models.segments import Segment, SegmentVersion


class SegmentSnapshot(models.Model):
    """The members of a segment on a published date, frozen under a name."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="snapshots", db_index=False)
    version = models.ForeignKey(SegmentVersion, models.PROTECT, related_name="+", null=True)
    name = models.CharField(_("name"), max_length=120)
    business_date = models.DateField(_("data date"))
    members = models.PositiveIntegerField(_("customers"))
    taken_at = models.DateTimeField(_("frozen"), auto_now_add=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "name"],
                name="segment_snapshot_name_once",
                violation_error_message=_("A snapshot of this segment has this name already."),
            )
        ]
        indexes = [models.Index(fields=["segment", "-taken_at", "-id"], name="segment_snapshot_newest")]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class SnapshotMember(models.Model):
    snapshot = models.ForeignKey(SegmentSnapshot, models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    since = models.DateField(_("joined"))

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a snapshot")
        verbose_name_plural = _("members of a snapshot")
        constraints = [models.UniqueConstraint(fields=["snapshot", "customer"], name="snapshot_member_once")]
        indexes = [models.Index(fields=["snapshot", "-since", "-id"], name="snapshot_member_newest")]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.customer_id}"
