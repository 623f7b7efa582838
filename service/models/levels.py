"""What the bank promises of its answers. A published version never changes: by trigger."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from segmentation.models import four_eyes
from service.clocks.querysets import ServiceLevelsQuerySet


class ServiceLevels(models.Model):
    """A version of calendars, priorities and targets together (clocks/definition.py), in force from its day until the next one's;
    of two of a day the newer one."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    effective_from = models.DateField(_("effective from"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ServiceLevelsQuerySet.as_manager()

    class Meta:
        verbose_name = _("service levels")
        verbose_name_plural = _("service levels")
        ordering = ["-effective_from", "-number"]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("service_levels", also=True, late=True),
        ]

    def __str__(self) -> str:
        return str(_("Service levels, version %(number)s")) % {"number": self.number}
