"""How a year of a manager went, as it was found when the year was closed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from managers.books.querysets import OfManagerQuerySet


class Scorecard(models.Model):
    """`figures` is {code: {"part", "whole", "value"}}, amounts as strings, null where there was no figure. Kept as it is."""

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("manager"), db_index=False
    )
    year = models.PositiveSmallIntegerField(_("year"))
    figures = models.JSONField(_("figures"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("closed by"), db_index=False
    )
    closed_at = models.DateTimeField(_("closed"))

    objects = OfManagerQuerySet.as_manager()

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        ordering = ["-year", "manager"]
        constraints = [models.UniqueConstraint(fields=["manager", "year"], name="scorecard_once_a_year")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.manager} {self.year}"
