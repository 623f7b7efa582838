"""Which months are closed: all their days are in, their nights ran, and what a whole month tells was reckoned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.jobs.models import Run


class ClosedMonth(models.Model):
    """`month` is its first day. Its figures are read from the night after the one that closed it (docs/adr)."""

    month = models.DateField(_("month"), primary_key=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
