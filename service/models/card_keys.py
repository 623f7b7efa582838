"""By which card somebody is recognised at the door: of its number a keyed hash and the last four digits, never the whole."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.models.moving import moves_with_merges
from customers.querysets.parties import OfCustomerQuerySet


class CardKey(models.Model):
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"))
    number_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    last_four = models.CharField(_("last four digits"), max_length=4)
    made_at = models.DateTimeField(_("recorded"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"), db_index=False
    )

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("card that recognises a customer")
        verbose_name_plural = _("cards that recognise customers")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_four__regex="^[0-9]{4}$"), name="card_key_last_four_only")
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="card_key_newest")]
        triggers = [
            pgtrigger.Protect(
                name="said_at_first",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("number_hash", "last_four", "made_at", "made_by"),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"•••• {self.last_four}"
