"""How likely a customer launders money, as somebody judged it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.moving import moves_with_merges, said_once
from customers.models.parties import Customer
from customers.querysets.kyc import RiskRatingQuerySet


class Risk(models.TextChoices):
    LOW = "low", pgettext_lazy("money-laundering risk", "Low")
    MEDIUM = "medium", pgettext_lazy("money-laundering risk", "Medium")
    HIGH = "high", pgettext_lazy("money-laundering risk", "High")

    @property
    def height(self) -> int:
        return list(Risk).index(self)


class KycInterval(models.Model):
    """After how many months a customer of that risk is looked at again."""

    level = models.CharField(_("risk"), max_length=6, choices=Risk, unique=True)
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta:
        verbose_name = _("interval of KYC reviews")
        verbose_name_plural = _("intervals of KYC reviews")
        constraints = [
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=60), name="kyc_interval_within_five_years")
        ]

    def __str__(self) -> str:
        return str(self.get_level_display())


class RiskRating(models.Model):
    """The newest one counts. One `is_case` is an anti-money-laundering case, for the eyes of those who are cleared; it holds
    beside the others until it ends.

    `approved_by` is the second pair of eyes that a lower risk needs.
    """

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="risk_ratings", verbose_name=_("customer"), db_index=False
    )
    level = models.CharField(_("risk"), max_length=6, choices=Risk)
    reason = models.CharField(_("reason"), max_length=500)
    is_case = models.BooleanField(_("anti-money-laundering case"), default=False)
    rated_at = models.DateTimeField(_("rated"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
        db_index=False,
    )
    ended_at = models.DateTimeField(pgettext_lazy("a case", "ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("a case", "ended by"),
        db_index=False,
    )

    objects = RiskRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("money-laundering risk")
        verbose_name_plural = _("money-laundering risks")
        ordering = ["-rated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(is_case=True, ended_at=None), name="risk_rating_one_case"
            ),
            models.CheckConstraint(
                condition=Q(is_case=False, ended_at=None) | Q(is_case=True, level="high"),
                name="risk_rating_case_is_high",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-rated_at", "-id"], name="risk_rating_newest"),
            models.Index(fields=["-rated_at", "-id"], name="risk_rating_by_moment"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("ended_once", "OLD.ended_at IS NOT NULL", "ended_at", "ended_by_id"),
            pgtrigger.Protect(
                name="only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["customer", "ended_at", "ended_by"]),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.get_level_display())
