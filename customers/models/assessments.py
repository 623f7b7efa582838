"""How much risk a customer may take, as somebody found out on a day."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models.moving import moves_with_merges
from customers.models.parties import Customer
from customers.querysets.contacting import RiskAssessmentQuerySet


class RiskAssessment(models.Model):
    """C1 (careful) to C5. The newest one counts, for twelve months; none is ever changed: another one follows."""

    LEVELS = [(level, f"C{level}") for level in range(1, 6)]

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="risk_assessments", verbose_name=_("customer"), db_index=False
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVELS)
    assessed_on = models.DateField(_("assessed on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk assessment")
        verbose_name_plural = _("risk assessments")
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="risk_assessment_c1_to_c5"),
        ]
        indexes = [
            models.Index(fields=["customer", "-assessed_on", "-id"], name="risk_assessment_newest"),
            models.Index(fields=["-assessed_on", "-id"], name="risk_assessment_by_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="never_changes", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["customer"])
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"C{self.level} {self.assessed_on}"
