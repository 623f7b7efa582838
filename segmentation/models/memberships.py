"""Whom the rule of a segment picks, since when, and which of a scheme's segments is each customer's own."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from crm.jobs.models import Run
from customers.models import Customer
from segmentation.models.apart import apart
from segmentation.models.segments import Segment
from segmentation.segments.querysets import PeriodQuerySet


class Period(models.Model):
    """`since` is the business date whose night put the customer in, `until` the one whose night took them out."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    since = models.DateField(_("joined"))
    until = models.DateField(_("left"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.customer_id} {self.segment_id} {self.since}"


class SegmentMembership(Period):
    """A first night writes millions of them, all open: nothing but two indexes may stand in its way (docs/adr)."""

    class Meta:
        verbose_name = _("segment membership")
        verbose_name_plural = _("segment memberships")
        ordering = ["customer", "segment", "-since"]
        constraints = [
            ExclusionConstraint(
                name="segment_membership_ended_apart",
                condition=Q(until__isnull=False),
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("segment", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(
                fields=["customer", "segment"], condition=Q(until=None), name="segment_membership_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="segment_membership_not_empty"
            ),
        ]
        indexes = [models.Index(fields=["segment", "-since", "-id"], name="segment_members_newest")]


class PrimarySegment(Period):
    """The segment of a scheme that speaks for a customer; whom none of them picks has no row: unclassified."""

    scheme = models.CharField(_("scheme"), max_length=32)

    class Meta:
        verbose_name = _("primary segment")
        verbose_name_plural = _("primary segments")
        ordering = ["customer", "scheme", "-since"]
        constraints = [
            ExclusionConstraint(
                name="primary_segment_ended_apart",
                condition=Q(until__isnull=False),
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(
                fields=["customer", "scheme"], condition=Q(until=None), name="primary_segment_one_open"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="primary_segment_not_empty"),
        ]
        triggers = apart(
            table="segmentation_primarysegment",
            key=("customer_id", "scheme"),
            sentence="a customer has one primary segment of a scheme per day",
            constraint="primary_segment_one_per_day",
            name="one_per_day",
        )
        indexes = [models.Index(fields=["segment", "customer"], condition=Q(until=None), name="segment_primary_now")]


class StandingSegments(models.Model):
    """The open memberships of a customer as the bits of a few numbers: what the next night compares its own with (docs/adr)."""

    customer = models.OneToOneField(Customer, models.PROTECT, primary_key=True, related_name="+", db_constraint=False)
    words = ArrayField(models.BigIntegerField())

    def __str__(self) -> str:
        return str(self.customer_id)


class StagedSegments(models.Model):
    """What a night's partition found out about a customer who moves; publishing writes it out and empties it.

    Ids of segments: those that are joined, those that are left, and the primary ones of all schemes; `words` are the bits
    of all that pick the customer.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    joined = ArrayField(models.BigIntegerField())
    gone = ArrayField(models.BigIntegerField())
    primaries = ArrayField(models.BigIntegerField())
    words = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "customer"], name="staged_segments_once")]

    def __str__(self) -> str:
        return str(self.customer_id)
