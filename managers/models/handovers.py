"""Customers who went from one manager to another, and managers who leave."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField, MoneyField
from customers.models import Customer
from managers.handovers.querysets import HandoverQuerySet, LeavingQuerySet


def user_key(label: Any, **said: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **({"db_index": False} | said)
    )


class Handover(models.Model):
    """Follows the primaries of the books (handovers/following.py): one for each customer and day on which another manager began.

    `balance` is the one that was known on that day. To before `watched_until` it is watched, the contacts are closer, and
    what is won counts for both. `opportunities` are the keys of those that went along.
    """

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="handovers", verbose_name=_("customer"), db_index=False
    )
    giver = user_key(pgettext_lazy("a handover", "from"), db_index=True)
    receiver = user_key(pgettext_lazy("a handover", "to"), db_index=True)
    handed_on = models.DateField(_("handed over on"))
    watched_until = models.DateField(_("watched until"))
    reason = models.CharField(_("reason"), max_length=300, blank=True, db_default="")
    balance = MoneyField(_("balance at the handover"), null=True, blank=True)
    currency = CurrencyField(_("currency"), blank=True)
    opportunities = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("opportunities"))
    made_by = user_key(_("assigned by"), null=True, blank=True)
    made_at = models.DateTimeField(_("assigned at"))

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-handed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "handed_on"], name="handover_once_a_day"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="handover_to_somebody_else"),
            models.CheckConstraint(condition=Q(watched_until__gt=F("handed_on")), name="handover_watched_for_a_while"),
        ]
        indexes = [
            models.Index(fields=["-handed_on", "-id"], name="handover_newest"),
            models.Index(fields=["watched_until"], name="handover_watched"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"


class Leaving(models.Model):
    """A manager who leaves: after `last_day` what is left of the book goes to the successor, and nobody new comes from now on.

    One that is called off after it was done: they came back.
    """

    manager = user_key(_("manager"), db_index=True)
    last_day = models.DateField(_("last day"))
    successor = user_key(_("successor"), db_index=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_by = user_key(_("recorded by"))
    made_at = models.DateTimeField(_("recorded"))
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)
    done_at = models.DateTimeField(_("handed over"), null=True, blank=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        verbose_name = _("leaving of a manager")
        verbose_name_plural = _("leavings of managers")
        ordering = ["-last_day", "-pk"]
        indexes = [models.Index(fields=["-last_day", "-id"], name="leaving_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["manager"],
                condition=Q(called_off_at=None, done_at=None),
                name="leaving_once",
                violation_error_message=_("That this manager leaves is on record already."),
            ),
            models.CheckConstraint(condition=~Q(manager=F("successor")), name="leaving_to_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.manager} → {self.successor}"
