"""What moved. Partitioned by month: the key is (booked_on, number), the DDL stands in a migration."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.money import MoneyField
from customers.models.accounts import Account
from customers.models.changes import notes, notes_past
from customers.querysets.accounts import OfAccountQuerySet


class Transaction(models.Model):
    """`amount` is signed, in the account's currency. Transactions never change balances.

    `channel` and `country` (where the other side is, ISO 3166) are empty where the bank's core does not tell them. Kinds of
    BY_BANK are what the bank books by itself: they tell nothing of what the customer does.
    """

    class Channel(models.TextChoices):
        BRANCH = "branch", _("Branch counter")
        MACHINE = "machine", _("Cash machine")
        TERMINAL = "terminal", _("Card terminal")
        ONLINE = "online", _("Online")

    PAYROLL = "payroll"
    # debits by which a loan is repaid, and those that pay off a card
    REPAYMENTS = ("repayment", "loan_payment")
    CARD_REPAYMENTS = ("card_repayment",)
    BY_BANK = ("interest", "sanction_interest", "statement_fee", "fee")

    pk = models.CompositePrimaryKey("booked_on", "number")
    booked_on = models.DateField(_("date"))
    number = models.CharField(_("number"), max_length=64)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    amount = MoneyField(_("amount"))
    kind = models.CharField(_("kind"), max_length=32, blank=True)
    counterparty = models.CharField(_("counterparty"), max_length=120, blank=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "customers_transaction"
        verbose_name = _("transaction")
        verbose_name_plural = _("transactions")

    def __str__(self) -> str:
        return self.number


class TransactionMonth(models.Model):
    """The roll-up of a month of an account: undivided sums through `last_on`, kept up to date by the feed."""

    pk = models.CompositePrimaryKey("account_id", "month")
    # derived from transactions, which have the constraint: no second check per row
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    month = models.DateField(_("month"))
    credits = MoneyField()
    debits = MoneyField()
    payroll = MoneyField()
    count = models.PositiveIntegerField()
    last_on = models.DateField()

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("transaction roll-up")
        verbose_name_plural = _("transaction roll-ups")
        triggers = [*notes("accounts", "account_id"), *notes_past("accounts", "rows.account_id", "rows.month")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month:%Y-%m}"
