"""Exceptions from the service standards for one customer, and every use of a benefit."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from customers.models import Customer, Interaction
from customers.models.moving import moves_with_merges, said_once
from segmentation.models.schemes import Tier
from segmentation.models.standards import Benefit
from segmentation.standards.periods import Period
from segmentation.standards.querysets import EntitlementOverrideQuerySet, UseQuerySet

LONGEST = timedelta(days=731)
# under a lock of the owner, so that two tellers at once count one after the other
WITHIN_QUOTA = """
IF NEW.reverses_id IS NOT NULL THEN
    IF NOT EXISTS (
        SELECT FROM segmentation_entitlementuse AS taken WHERE taken.id = NEW.reverses_id AND taken.reverses_id IS NULL
            AND taken.customer_id = NEW.customer_id AND taken.owner_id = NEW.owner_id
            AND taken.benefit_id = NEW.benefit_id AND taken.used_on = NEW.used_on
    ) THEN
        RAISE EXCEPTION 'A reversal takes back just the use that it names.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END IF;
PERFORM pg_advisory_xact_lock(hashtextextended('entitlement uses ' || NEW.owner_id, 0));
IF NEW.quota <= (
    SELECT coalesce(sum(u.counts), 0) FROM segmentation_entitlementuse AS u
    WHERE u.owner_id = NEW.owner_id AND u.benefit_id = NEW.benefit_id
        AND u.used_on >= NEW.period_start AND u.used_on < NEW.period_end
) THEN
    RAISE EXCEPTION 'The quota of this benefit is used up.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Origin(models.TextChoices):
    TIER = "tier", _("Tier")
    OVERRIDE = "override", _("Override")
    HOUSEHOLD = "household", _("Household")
    WITHDRAWAL = "withdrawal", _("Taken away")


class EntitlementOverride(models.Model):
    """`since` inclusive, `until` the first day on which it no longer holds; `ended_on` likewise, where it was ended early.

    A grant gives `quota` uses in each `per`, None and "" as often as one likes. Nothing changes but its end, by trigger.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("Grant: gives the benefit")
        WITHDRAWAL = "withdrawal", _("Withdrawal: takes the benefit away")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"))
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+", verbose_name=_("benefit"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    quota = models.PositiveSmallIntegerField(_("how often"), null=True, blank=True)
    per = models.CharField(_("in each"), max_length=8, choices=Period, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+", verbose_name=_("proposal"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = EntitlementOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("entitlement override")
        verbose_name_plural = _("entitlement overrides")
        ordering = ["-since", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="entitlement_override_one_a_day",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("benefit", RangeOperators.EQUAL),
                    (Func(F("since"), Coalesce("ended_on", "until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("An override of this benefit stands for these days already."),
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since"), until__lte=F("since") + LONGEST),
                name="entitlement_override_two_years_at_most",
            ),
            models.CheckConstraint(
                condition=Q(quota=None, per="") | Q(quota__gt=0, kind="grant") & ~Q(per=""),
                name="entitlement_override_quota_and_period",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since"), ended_on__lt=F("until")),
                name="entitlement_override_ends_early",
            ),
        ]
        indexes = [models.Index(fields=["-since", "-id"], name="entitlement_override_newest")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("ends_once", "OLD.ended_on IS NOT NULL", "ended_on", "ended_by_id"),
            pgtrigger.Protect(
                name="only_its_end_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["ended_on", "ended_by", "customer"]),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.kind} {self.benefit_id}"


class EntitlementUse(models.Model):
    """One use, or with `reverses` the undoing of one: append-only, and within the quota by trigger.

    `owner` is whose right was used: the customer's own, or of the household member with the higher tier; uses count
    against the owner. `quota` and the period from `period_start` to before `period_end` are as they were when it was used.
    """

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False, verbose_name=_("customer"))
    owner = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False, verbose_name=_("right of"))
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("benefit"))
    used_on = models.DateField(_("used on"))
    channel = models.CharField(_("channel"), max_length=12, choices=Interaction.Channel)
    place = models.CharField(_("place"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin)
    tier = models.ForeignKey(
        Tier, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("tier")
    )
    quota = models.PositiveSmallIntegerField(_("how often"), null=True, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()
    counts = models.SmallIntegerField(_("counts"), default=1)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal", verbose_name=_("undoes")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("recorded"))

    objects = UseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a benefit")
        verbose_name_plural = _("uses of benefits")
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, counts=1) | Q(reverses__isnull=False, counts=-1), name="use_counts_once"
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("used_on"), period_end__gt=F("used_on")), name="use_within_its_period"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "benefit", "used_on"], include=["counts"], name="use_of_owner"),
            models.Index(fields=["customer", "-used_on", "-id"], name="use_of_customer"),
            models.Index(fields=["-used_on", "-id"], name="use_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="within_quota", operation=pgtrigger.Insert, when=pgtrigger.Before, func=WITHIN_QUOTA
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.benefit_id} {self.used_on}"
