"""Service standards: what each tier gives its customers. A published version never changes: by trigger."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from customers.models import Interaction
from segmentation.models import four_eyes


class Benefit(models.Model):
    """Something that standards give, in the words of the newest version that speaks of it; `channel` "" is any."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Interaction.Channel, blank=True)

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class ServiceStandard(models.Model):
    """A version of all standards. `content` is as in a policy file; it holds from its day until the next version's.

    Rights are read from the content itself, so that nothing else can say something different (docs/adr).
    """

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
        verbose_name = _("version of the service standards")
        verbose_name_plural = _("versions of the service standards")
        ordering = ["-effective_from"]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("service_standards", also=True),
        ]

    def __str__(self) -> str:
        return str(_("Service standards, version %(number)s")) % {"number": self.number}
