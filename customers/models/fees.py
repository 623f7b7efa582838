"""What the bank charged, and how much of it is waived so far."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.money import MoneyField
from customers.models.accounts import Account
from customers.models.changes import notes_past
from customers.querysets.accounts import OfAccountQuerySet


class FeeType(models.Model):
    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("fee type")
        verbose_name_plural = _("fee types")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class FeeCharge(models.Model):
    """`waived` is the sum of the waiver ledger's entries for the charge; `assessed_on` the night that took it."""

    number = models.CharField(_("number"), max_length=64, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="fee_charges")
    fee = models.ForeignKey(FeeType, models.PROTECT, related_name="+", verbose_name=_("fee"))
    charged_on = models.DateField(_("date"))
    amount = MoneyField(_("amount"))
    waived = MoneyField(_("waived"), default=0)
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee charge")
        verbose_name_plural = _("fee charges")
        ordering = ["-charged_on", "-pk"]
        triggers = notes_past("accounts", "rows.account_id", "rows.charged_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(waived__gte=0, waived__lte=F("amount")), name="fee_charge_waived_within_amount"
            ),
        ]
        indexes = [
            models.Index(fields=["-charged_on", "-id"], name="fee_charge_newest"),
            models.Index(fields=["charged_on"], condition=Q(assessed_on=None), name="fee_charge_unassessed"),
        ]

    def __str__(self) -> str:
        return self.number
