"""What the bank lends a company at most, and who answers for it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField, MoneyField
from customers.models.noted import Noted, guards, remembered
from customers.models.relations import ONE_PARTY, WithParty
from customers.querysets.companies import PartyQuerySet, SpanQuerySet

ENDS_AFTER_START = Q(until=None) | Q(until__gte=F("since"))


@remembered("CreditLimitEvent", "amount", "currency", "since", "until", "reference")
class CreditLimit(Noted):
    """`since` inclusive, `until` the first day on which it no longer holds."""

    FIXED = ("kind",)

    class Kind(models.TextChoices):
        WORKING_CAPITAL = "working_capital", _("Working capital")
        INVESTMENT = "investment", _("Fixed assets and projects")
        TRADE = "trade", _("Trade finance")
        ACCEPTANCE = "acceptance", _("Bank acceptances")
        BONDS = "bonds", _("Letters of guarantee")
        OTHER = "other", pgettext_lazy("credit limit", "Other")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    amount = MoneyField(_("amount"))
    currency = CurrencyField(_("currency"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    reference = models.CharField(_("contract"), max_length=64, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit limit")
        verbose_name_plural = _("credit limits")
        ordering = ["customer", "-since", "pk"]
        triggers = guards(("kind",))
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="credit_limit_is_something"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="credit_limit_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


@remembered("GuaranteeEvent", "amount", "currency", "since", "until", "what", "reference")
class Guarantee(WithParty):
    """`customer` owes, `party` or `outsider` answers for it."""

    class Kind(models.TextChoices):
        SURETY = "surety", _("Surety")
        MORTGAGE = "mortgage", pgettext_lazy("guarantee", "Mortgage")
        PLEDGE = "pledge", _("Pledge")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    amount = MoneyField(_("amount"))
    currency = CurrencyField(_("currency"))
    what = models.CharField(_("what is given"), max_length=200, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    reference = models.CharField(_("contract"), max_length=64, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("guarantee")
        verbose_name_plural = _("guarantees")
        ordering = ["customer", "-since", "pk"]
        triggers = guards(WithParty.FIXED)
        constraints = [
            models.CheckConstraint(condition=ONE_PARTY, name="guarantee_of_one_party"),
            models.CheckConstraint(condition=~Q(party=F("customer")), name="guarantee_of_another"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="guarantee_is_something"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="guarantee_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
