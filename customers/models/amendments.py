"""What was added to a contact after it was logged."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.contacts import Interaction


class Amendment(models.Model):
    """A word added to what stands: neither it nor the entry is ever overwritten."""

    interaction = models.ForeignKey(
        Interaction, models.PROTECT, related_name="amendments", verbose_name=_("interaction"), db_index=False
    )
    text = models.TextField(_("text"), max_length=4000)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["interaction", "at", "id"], name="amendment_of_interaction")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.text[:60]
