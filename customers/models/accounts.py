"""Products, accounts, who holds them, and what lay on them at the end of each day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.money import CurrencyField, MoneyField
from crm.identity.models import Branch
from customers.models.changes import notes, notes_everything, notes_past, notes_past_of_all, notes_rates
from customers.models.parties import Customer
from customers.querysets.accounts import AccountQuerySet, OfAccountQuerySet


class Product(models.Model):
    """Rates are yearly fractions (0.0210); `coefficient` weighs a balance in weighted assets."""

    class Family(models.TextChoices):
        DEPOSIT = "deposit", _("Deposit")
        FUND = "fund", _("Fund")
        INSURANCE = "insurance", _("Insurance")
        LOAN = "loan", _("Loan")
        MORTGAGE = "mortgage", _("Mortgage")
        CARD = "card", _("Card")

    ASSETS = (Family.DEPOSIT, Family.FUND, Family.INSURANCE)

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    family = models.CharField(_("family"), max_length=12, choices=Family, default=Family.DEPOSIT)
    currency = CurrencyField(_("currency"), blank=True)
    risk = models.PositiveSmallIntegerField(_("risk"), default=1, help_text=_("R1 to R5"))
    coefficient = models.DecimalField(_("coefficient"), max_digits=6, decimal_places=4, default=1)
    customer_rate = models.DecimalField(_("customer rate"), max_digits=8, decimal_places=6, null=True, blank=True)
    transfer_rate = models.DecimalField(_("transfer rate"), max_digits=8, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["code"]
        triggers = [*notes_everything("family", "coefficient"), *notes_past_of_all("family", "code")]
        constraints = [
            models.CheckConstraint(condition=Q(risk__gte=1, risk__lte=5), name="product_risk_r1_to_r5"),
            models.CheckConstraint(condition=Q(coefficient__gte=0), name="product_coefficient_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    number = models.CharField(_("number"), max_length=64, unique=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"))
    currency = CurrencyField(_("currency"))
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    credit_limit = MoneyField(_("credit limit"), null=True, blank=True)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("branch")
    )

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["number"]
        indexes = [
            models.Index(fields=["opened_on"], name="account_opened"),
            models.Index(fields=["closed_on"], condition=Q(closed_on__isnull=False), name="account_closed"),
        ]
        triggers = [*notes("accounts", "id"), *notes_past("accounts", "rows.id", "rows.opened_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(credit_limit__isnull=True) | Q(credit_limit__gte=0), name="account_limit_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="account_closed_after_opened",
                violation_error_message=_("An account can't close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


# over a row that has an account
OPENED = "(SELECT a.opened_on FROM customers_account a WHERE a.id = rows.account_id)"


class AccountHolder(models.Model):
    """Who may use an account, and the share of its balance that counts as theirs."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        JOINT = "joint", _("Joint")
        AUTHORISED = "authorised", _("Authorised")

    account = models.ForeignKey(Account, models.CASCADE, related_name="holders")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="holdings")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.OWNER)
    share = models.DecimalField(_("share"), max_digits=9, decimal_places=8, default=1)
    number = models.CharField(_("number"), max_length=32, blank=True)

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder")
        verbose_name_plural = _("holders")
        ordering = ["account", "-share", "customer"]
        triggers = [
            *notes("customers", "customer_id", may_pass_on=True),
            *notes_past("customers", "rows.customer_id", OPENED, name="past"),
            *notes_past("accounts", "rows.account_id", OPENED, name="past_payer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "customer"], name="holder_once_per_account"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="holder_share_is_a_fraction"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.account_id}"


class Balance(models.Model):
    """End of the day; holds until the next row."""

    pk = models.CompositePrimaryKey("account_id", "on")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    on = models.DateField(_("date"))
    amount = MoneyField(_("balance"))

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        # a new day changes the roll-up; a changed one may leave its sum as it was
        triggers = notes_past("accounts", "rows.account_id", 'rows."on"', inserts=False)

    def __str__(self) -> str:
        return f"{self.account_id} {self.on}"


class BalanceMonth(models.Model):
    """The roll-up of a month in which an account's balance was reported; months without a report have no row.

    `day_sum` is the undivided sum of the end-of-day balances from the 1st through `last_on`, so through a later day
    D of the month it is `day_sum + closing * (D - last_on)`. `opening` is the balance before the 1st (0 before the
    first report). Kept up to date by the feed.
    """

    pk = models.CompositePrimaryKey("account_id", "month")
    # derived from balances, which have the constraint: no second check per row
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    month = models.DateField(_("month"))
    opening = MoneyField()
    closing = MoneyField()
    day_sum = models.DecimalField(max_digits=24, decimal_places=4)
    last_on = models.DateField()

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("balance roll-up")
        verbose_name_plural = _("balance roll-ups")
        triggers = [*notes("accounts", "account_id"), *notes_past("accounts", "rows.account_id", "rows.month")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month:%Y-%m}"


class ExchangeRate(models.Model):
    """Units of the base currency for one unit of `currency`."""

    on = models.DateField(_("date"))
    currency = CurrencyField(_("currency"))
    rate = models.DecimalField(_("rate"), max_digits=20, decimal_places=10)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-on", "currency"]
        triggers = notes_rates()
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="exchange_rate_once_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"
