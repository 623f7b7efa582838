"""What is known of each customer as of the published business date.

The table `segmentation_facts` holds two versions of each row, `slot` 0 and 1. A night writes the slot that nobody
reads and publishing turns the pointer, so half a night is never seen (docs/adr). Pages read the view of the
published slot.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.money import CurrencyField, MoneyField
from crm.jobs.models import Run
from customers.models import Customer
from customers.querysets.parties import OfCustomerQuerySet


class Published(models.Model):
    """One row: the business date that pages speak of, the run that made it, and the slot that holds it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    business_date = models.DateField(_("data date"))
    slot = models.PositiveSmallIntegerField()
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("published date")
        verbose_name_plural = _("published dates")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="published_is_one_row")]

    def __str__(self) -> str:
        return f"{self.business_date}"


class Figures(models.Model):
    """The figures of a customer; money in `currency`, the currency of their tier scheme (else the base currency).

    Averages are of the open month: sum of the end-of-day balances from the 1st / the day's number. NULL is unknown.

    The quarter's and the household's figures are reckoned only while a scheme in force looks at them (docs/adr).
    """

    currency = CurrencyField(_("currency"))
    balance = MoneyField(_("balance"), null=True)
    aum_month_average = MoneyField(_("month average"), null=True)
    aum_weighted_average = MoneyField(_("weighted month average"), null=True)
    aum_quarter_average = MoneyField(_("quarter average"), null=True)
    aum_quarter_weighted_average = MoneyField(_("weighted quarter average"), null=True)
    household_balance = MoneyField(_("balance of the household"), null=True)
    household_month_average = MoneyField(_("month average of the household"), null=True)
    loan_balance = MoneyField(_("loan balance"), null=True)
    mortgage_balance = MoneyField(_("mortgage balance"), null=True)
    credits_month = MoneyField(_("credits this month"), null=True)
    debits_month = MoneyField(_("debits this month"), null=True)
    payroll_month = MoneyField(_("payroll this month"), null=True)
    transactions_month = models.IntegerField(_("transactions this month"), null=True)
    accounts_held = models.IntegerField(_("accounts"), null=True)
    products_held = models.IntegerField(_("products"), null=True)
    first_opened_on = models.DateField(_("customer since"), null=True)

    class Meta:
        abstract = True


class Facts(Figures):
    """The published slot of `segmentation_facts`, as a view."""

    customer = models.OneToOneField(Customer, models.DO_NOTHING, primary_key=True, related_name="facts")

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "segmentation_currentfacts"
        verbose_name = _("facts")
        verbose_name_plural = _("facts")

    def __str__(self) -> str:
        return str(self.customer_id)


class FactsMonth(Figures):
    """A copy of all facts at a month end; partitioned by month."""

    pk = models.CompositePrimaryKey("business_date", "customer_id")
    business_date = models.DateField(_("data date"))
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="+")

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "segmentation_factsmonth"
        verbose_name = _("month-end facts")
        verbose_name_plural = _("month-end facts")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.business_date}"
