"""What a closed month tells of how a customer behaves: when they last came, how often, how their money slopes, by which
channel. Reckoned by the night that closes the month (docs/adr)."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField, MoneyField
from customers.models import Customer, Interaction
from customers.querysets.parties import OfCustomerQuerySet


class LifeStage(models.TextChoices):
    """From age, salary, household and mortgage: so it never sets a price."""

    STUDENT = "student", _("In education")
    STARTING = "starting", _("Starting out")
    FAMILY = "family", pgettext_lazy("life stage", "Family")
    PEAK = "peak", _("Peak earning years")
    RETIRED = "retired", pgettext_lazy("life stage", "Retired")


def _percent(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=24, decimal_places=2, null=True)


class Behaviour(models.Model):
    """A customer at the end of `month` (its first day). A year is the twelve months through it; NULL is unknown.

    A view over `segmentation_behaviourmonth`: quintiles run from 1 to 5, the best, among customers of the same kind, and
    equal values share one. Money is in `currency`; shares are percents of the amount, trends percents of the mean per month.
    """

    pk = models.CompositePrimaryKey("month", "customer_id")
    month = models.DateField(_("month"))
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="+")
    kind = models.CharField(_("customer kind"), max_length=12, choices=Customer.Kind)
    currency = CurrencyField(_("currency"))
    last_moved_on = models.DateField(_("last transaction"), null=True)
    recency_days = models.IntegerField(_("days since the last transaction"), null=True)
    transactions_year = models.IntegerField(_("transactions in twelve months"), null=True)
    turnover_year = MoneyField(_("turnover in twelve months"), null=True)
    recency_quintile = models.IntegerField(_("recency fifth"), null=True)
    frequency_quintile = models.IntegerField(_("frequency fifth"), null=True)
    turnover_quintile = models.IntegerField(_("turnover fifth"), null=True)
    slope_3_months = MoneyField(_("slope over 3 months, per month"), null=True)
    slope_6_months = MoneyField(_("slope over 6 months, per month"), null=True)
    trend_3_months = _percent(_("trend over 3 months, per month"))
    trend_6_months = _percent(_("trend over 6 months, per month"))
    main_channel = models.CharField(_("channel used most"), max_length=12, choices=Interaction.Channel, null=True)
    digital_share = _percent(_("share of digital contacts"))
    spending_kind = models.CharField(_("most frequent payment"), max_length=32, null=True)
    payments_monthly = _percent(pgettext_lazy("a count", "payments per month"))
    online_share = _percent(_("share paid online"))
    abroad_share = _percent(_("share paid abroad"))
    credit_use = _percent(_("use of credit lines"))
    salary = MoneyField(_("salary of the closed month"), null=True)
    salary_months = models.IntegerField(_("months with salary of the last 3"), null=True)
    standing_orders = models.IntegerField(_("standing orders"), null=True)
    standing_amount = MoneyField(_("amount of the standing orders"), null=True)
    life_stage = models.CharField(_("life stage"), max_length=12, choices=LifeStage, null=True)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "segmentation_behaviour"
        verbose_name = _("behaviour")
        verbose_name_plural = _("behaviour")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.month:%Y-%m}"


class Quintiles(models.Model):
    """From which value on each fifth above the lowest begins, among the customers of a kind: at most four values.

    Recency counts as days below zero, so that more is better in all three. Fewer than four values: nobody is in the
    highest fifths, as where many are equal.
    """

    month = models.DateField(_("month"))
    kind = models.CharField(_("customer kind"), max_length=12, choices=Customer.Kind)
    recency = ArrayField(models.IntegerField(), verbose_name=_("recency"))
    frequency = ArrayField(models.IntegerField(), verbose_name=_("frequency"))
    turnover = ArrayField(MoneyField(), verbose_name=_("turnover"))

    class Meta:
        verbose_name = _("fifths of a month")
        verbose_name_plural = _("fifths of a month")
        ordering = ["-month", "kind"]
        constraints = [models.UniqueConstraint(fields=["month", "kind"], name="quintiles_once_a_month")]

    def __str__(self) -> str:
        return f"{self.kind} {self.month:%Y-%m}"
