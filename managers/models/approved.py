"""Rules of the bank that change by proposal: each version is what an approved one said, and never changes."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from segmentation.models import four_eyes


class ApprovedVersion(models.Model):
    """It holds from its day until the next version's; of two of a day the newer one."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    effective_from = models.DateField(_("effective from"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+", verbose_name=_("proposal"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return _("Version %(number)s") % {"number": self.number}


def four_eyed(kind: str) -> list[Any]:
    """The triggers of a table of versions that proposals of the kind make; one that is approved late begins late."""
    return [
        pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="four_eyes",
            operation=pgtrigger.Insert,
            when=pgtrigger.Before,
            func=four_eyes.VERSION.format(kind=kind, set_up="FALSE", held="<="),
        ),
    ]
