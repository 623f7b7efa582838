"""What the bank promises of its answers, and how it deals with complaints. A published version never changes: by trigger."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from segmentation.models import four_eyes
from service.clocks.querysets import DatedVersionQuerySet


def changed_by_proposal(kind: str) -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        four_eyes.version_of(kind, also=True, late=True),
    ]


class DatedVersion(models.Model):
    """A version of all that its definition names, in force from its day until the next one's; of two of a day the newer one."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    effective_from = models.DateField(_("effective from"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedVersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-effective_from", "-number"]


class ServiceLevels(DatedVersion):
    """Calendars, priorities and targets together (clocks/definition.py)."""

    class Meta(DatedVersion.Meta):
        verbose_name = _("service levels")
        verbose_name_plural = _("service levels")
        triggers = changed_by_proposal("service_levels")

    def __str__(self) -> str:
        return str(_("Service levels, version %(number)s")) % {"number": self.number}


class ComplaintRules(DatedVersion):
    """Regimes of the bank's own, causes, remedies and letters together (complaints/definition.py)."""

    class Meta(DatedVersion.Meta):
        verbose_name = _("complaint rules")
        verbose_name_plural = _("complaint rules")
        triggers = changed_by_proposal("complaint_rules")

    def __str__(self) -> str:
        return str(_("Complaint rules, version %(number)s")) % {"number": self.number}
