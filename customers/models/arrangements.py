"""What hangs on an account: cards, loans, standing orders."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.money import MoneyField
from customers.models.accounts import Account, AccountHolder
from customers.querysets.accounts import OfAccountQuerySet


class Card(models.Model):
    """A card of a holder. Full card numbers are never stored: `number` is the bank's reference."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    holder = models.ForeignKey(AccountHolder, models.CASCADE, related_name="cards")
    kind = models.CharField(_("kind"), max_length=32)
    issued_on = models.DateField(_("issued on"))

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")

    def __str__(self) -> str:
        return self.number


class Loan(models.Model):
    number = models.CharField(_("number"), max_length=32, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="loans")
    granted_on = models.DateField(_("granted on"))
    amount = MoneyField(_("amount"))
    payment = MoneyField(_("monthly payment"))
    months = models.PositiveIntegerField(_("months"))
    status = models.CharField(_("status"), max_length=16)

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan")
        verbose_name_plural = _("loans")

    def __str__(self) -> str:
        return self.number


class StandingOrder(models.Model):
    # purposes
    REPAYMENTS = ("repayment", "loan_payment")
    CARD_REPAYMENTS = ("card_repayment",)

    number = models.CharField(_("number"), max_length=32, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="standing_orders")
    to_bank = models.CharField(_("to bank"), max_length=32, blank=True)
    to_account = models.CharField(_("to account"), max_length=64, blank=True)
    amount = MoneyField(_("amount"))
    purpose = models.CharField(_("purpose"), max_length=32, blank=True)

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing order")
        verbose_name_plural = _("standing orders")

    def __str__(self) -> str:
        return self.number
