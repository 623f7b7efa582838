"""What hangs on an account: its term, cards, loans, standing orders."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import MoneyField
from customers.models.accounts import Account, AccountHolder
from customers.querysets.accounts import OfAccountQuerySet


class Term(models.Model):
    """Until when the money of an account is bound or lent, at which yearly rate (0.0185), and what becomes of it then."""

    class AtEnd(models.TextChoices):
        RENEWED = "renewed", pgettext_lazy("a term at its end", "Renewed")
        PAID_OUT = "paid_out", pgettext_lazy("a term at its end", "Paid out")

    account = models.OneToOneField(Account, models.PROTECT, related_name="term", verbose_name=_("account"))
    matures_on = models.DateField(_("matures on"), db_index=True)
    rate = models.DecimalField(_("rate"), max_digits=8, decimal_places=6, null=True, blank=True)
    at_end = models.CharField(_("at maturity"), max_length=8, choices=AtEnd, blank=True)

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | Q(rate__gte=0, rate__lte=1), name="term_rate_is_a_fraction"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.matures_on}"


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
