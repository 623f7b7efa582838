"""Exceptions from a tier scheme: given by one person, approved by another, for a time and with a reason."""

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
from customers.models import Customer
from customers.models.moving import moves_with_merges, said_once
from segmentation.models.schemes import Tier
from segmentation.querysets import TierOverrideQuerySet

LONGEST = timedelta(days=731)


class TierOverride(models.Model):
    """`since` inclusive, `until` the first day on which it no longer holds; `ended_on` likewise, where it was ended early.

    Nothing of it changes but its end, by trigger.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("Grant: at least this tier")
        HOLD = "hold", _("Hold: no fall below this tier")
        CAP = "cap", _("Cap: not above this tier")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="tier_overrides", verbose_name=_("customer"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="+", verbose_name=_("tier"))
    reason = models.CharField(_("reason"), max_length=500)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposal")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = TierOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier override")
        verbose_name_plural = _("tier overrides")
        ordering = ["-since", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="tier_override_one_of_a_kind",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Func(F("since"), Coalesce("ended_on", "until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("An override of this kind stands for these days already."),
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")),
                name="tier_override_ends_after_start",
                violation_error_message=_("An override must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(until__lte=F("since") + LONGEST),
                name="tier_override_two_years_at_most",
                violation_error_message=_("An override holds for at most two years."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_at=None)
                | Q(ended_on__gte=F("since"), ended_on__lt=F("until"), ended_at__isnull=False),
                name="tier_override_ends_early",
            ),
        ]
        indexes = [models.Index(fields=["-since", "-id"], name="tier_override_newest")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("ends_once", "OLD.ended_at IS NOT NULL", "ended_on", "ended_at", "ended_by_id"),
            pgtrigger.Protect(
                name="only_its_end_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["ended_on", "ended_at", "ended_by", "customer"]),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.kind} {self.tier_id}"
