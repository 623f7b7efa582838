"""Segments and their versions. A published version never changes: by trigger."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from customers.models import Customer
from segmentation.models import four_eyes
from segmentation.segments.querysets import SegmentQuerySet

# who has closed the last account or died is no longer told apart
SEGMENTED = (Customer.Status.PROSPECT, *Customer.TIERED)


class Segment(models.Model):
    """Of a scheme, in which it stands by its priority: of those that pick a customer, the first is the primary one.

    Name, priority and retirement are those of the version that the next night will read; a retired segment keeps its past.
    """

    MAIN = "main"

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80)
    scheme = models.CharField(_("scheme"), max_length=32, default=MAIN)
    priority = models.PositiveSmallIntegerField(_("priority"))
    is_retired = models.BooleanField(_("retired"), default=False)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["scheme", "priority", "code"]

    def __str__(self) -> str:
        return self.name


class SegmentVersion(models.Model):
    """`content` is the segment as in a policy file; it holds from `effective_from` until the next version's."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("effective from"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("segment version")
        verbose_name_plural = _("segment versions")
        ordering = ["segment", "-effective_from", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["segment", "number"], name="segment_version_number_once"),
            models.UniqueConstraint(fields=["segment", "effective_from"], name="segment_version_one_per_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("segment"),
        ]

    def __str__(self) -> str:
        return f"{self.segment} v{self.number}"


class SegmentDay(models.Model):
    """How many customers a segment had on a published business date, how many came and how many went."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="days", db_index=False)
    business_date = models.DateField(_("data date"))
    members = models.PositiveIntegerField(_("customers"))
    primary_members = models.PositiveIntegerField(_("primary"))
    joined = models.PositiveIntegerField(_("joined"))
    gone = models.PositiveIntegerField(_("left"))

    class Meta:
        verbose_name = _("segment of a day")
        verbose_name_plural = _("segments of a day")
        ordering = ["segment", "-business_date"]
        constraints = [models.UniqueConstraint(fields=["segment", "business_date"], name="segment_day_once")]

    def __str__(self) -> str:
        return f"{self.segment_id} {self.business_date}"
