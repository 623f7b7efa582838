"""Which tier a customer stands in, since when, and why."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from crm.jobs.models import Run
from customers.models import Customer
from segmentation.models.apart import apart
from segmentation.models.overrides import TierOverride
from segmentation.models.schemes import SchemeVersion, Tier
from segmentation.querysets import TierDecisionQuerySet, TierPeriodQuerySet


class TierPeriod(models.Model):
    """`since` inclusive, `until` the first day no longer in it. `months_below` is the watch count, kept by publish.

    Customers, tiers and published versions are never deleted, so the database need not look them up 200,000 times in a
    night. Ended periods exclude each other, an open one is the customer's only one, and a trigger holds both apart: a
    first night writes open periods alone, and their place among ranges would be most of its cost (docs/adr).
    """

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="tier_periods", db_index=False, db_constraint=False
    )
    tier = models.ForeignKey(
        Tier, models.PROTECT, related_name="+", verbose_name=_("tier"), db_index=False, db_constraint=False
    )
    scheme_version = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    months_below = models.PositiveSmallIntegerField(_("months below"), default=0)

    objects = TierPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier period")
        verbose_name_plural = _("tier periods")
        ordering = ["customer", "-since"]
        constraints = [
            ExclusionConstraint(
                name="tier_period_ended_ones_apart",
                condition=Q(until__isnull=False),
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(until=None), include=["tier"], name="tier_period_one_open"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="tier_period_not_empty"),
        ]
        triggers = apart(
            table="segmentation_tierperiod",
            key=("customer_id",),
            sentence="a customer has one tier per day",
            constraint="tier_period_one_tier_per_day",
            name="one_tier_per_day",
        )
        indexes = [
            models.Index(fields=["customer", "-since"], name="tier_period_of_customer"),
            models.Index(fields=["tier", "customer"], condition=Q(until=None), name="tier_period_members"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.tier_id} {self.since}"


class TierDecision(models.Model):
    """What one night decided for one customer, with the figures that it used.

    `met` holds, for each predicate of the version in the order of `rules.predicates_of`, true, false or null. With the
    figures and the immutable version this is enough to explain and to replay the decision. Visible once the run is
    published.

    `held_until` is the first day on which a minimum hold lets the customer fall. `bounds` are the ranks of the overrides
    in force, (grant, hold, cap), NULL where there are none; `override` is the one that made a difference.
    """

    class Outcome(models.TextChoices):
        PLACED = "placed", _("Placed")
        UP = "up", _("Up")
        DOWN = "down", _("Down")
        KEPT = "kept", _("Kept")
        WATCH = "watch", _("On watch")
        HELD = "held", _("Held: feed not closed")
        CHARGED = "charged", _("Below the level, fee due")

    MOVES = (Outcome.PLACED, Outcome.UP, Outcome.DOWN)

    run = models.ForeignKey(Run, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="tier_decisions", db_index=False, db_constraint=False
    )
    business_date = models.DateField(_("data date"))
    scheme_version = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    tier_before = models.ForeignKey(
        Tier, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    tier_after = models.ForeignKey(Tier, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    effective_from = models.DateField(_("effective from"))
    months_below = models.PositiveSmallIntegerField(_("months below"), default=0)
    months_below_before = models.PositiveSmallIntegerField(default=0)
    is_feed_closed = models.BooleanField(default=True)
    held_until = models.DateField(null=True)
    bounds = ArrayField(models.SmallIntegerField(null=True), null=True)
    override = models.ForeignKey(
        TierOverride, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    figures = models.JSONField(_("figures"))
    met = ArrayField(models.BooleanField(null=True))

    objects = TierDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier decision")
        verbose_name_plural = _("tier decisions")
        ordering = ["-business_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "business_date", "run"], name="tier_decision_once_a_night")
        ]
        indexes = [BrinIndex(fields=["run"], name="tier_decision_of_run", autosummarize=True, pages_per_range=32)]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.business_date} {self.outcome}"
