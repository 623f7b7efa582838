"""What the bank gave a customer: presents, and the value of an evening."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from crm.base.money import CurrencyField, MoneyField
from customers.models import Customer
from customers.models.moving import moves_with_merges, said_once
from managers.gifts.querysets import GiftQuerySet
from managers.models.events import Event


class Gift(models.Model):
    """In the bank's currency. What is above the cap of a year carries the proposal by which it was approved; one that was
    recorded in error is struck out and stays."""

    class Kind(models.TextChoices):
        GIFT = "gift", _("Gift")
        HOSPITALITY = "hospitality", _("Hospitality")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="gifts", verbose_name=_("customer"), db_index=False
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="gifts", verbose_name=_("event")
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    what = models.CharField(pgettext_lazy("a gift", "what"), max_length=120)
    amount = MoneyField(pgettext_lazy("a gift", "value"))
    currency = CurrencyField(_("currency"))
    given_on = models.DateField(_("given on"))
    recorded_at = models.DateTimeField(_("recorded"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposal")
    )
    struck_at = models.DateTimeField(_("struck out"), null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("struck out by"),
        db_index=False,
    )
    struck_because = models.CharField(_("reason"), max_length=300, blank=True)

    objects = GiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="gift_has_a_value"),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, struck_because="")
                | Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_because=""),
                name="gift_struck_out_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-given_on"], name="gift_of_customer"),
            models.Index(fields=["-given_on", "-id"], name="gift_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("struck_once", "OLD.struck_at IS NOT NULL", "struck_at", "struck_by_id", "struck_because"),
            pgtrigger.Protect(
                name="only_struck_out",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["struck_at", "struck_by", "struck_because", "customer"]),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.given_on}"
