"""Which customers have a manager, and of which team. A published version never changes: by trigger."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from segmentation.models import four_eyes


class AssignmentPolicy(models.Model):
    """A version of the whole policy: `content` as in a policy file, in force until the next one's first day."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    effective_from = models.DateField(_("effective from"), unique=True)
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("assignment policy")
        verbose_name_plural = _("assignment policies")
        ordering = ["-effective_from"]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("assignment_policy", also=True),
        ]

    def __str__(self) -> str:
        return str(_("Assignment policy, version %(number)s")) % {"number": self.number}
