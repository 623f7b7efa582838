"""What a customer brings in: the assumptions that it is reckoned with, each month line by line, and the year.

The tables of months and years are partitioned by month; their DDL stands in a migration.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.base.money import CurrencyField, MoneyField
from crm.jobs.models import Run
from customers.models import Customer
from customers.querysets.parties import OfCustomerQuerySet
from segmentation.models import four_eyes


class ValueVersion(models.Model):
    """`content` is "value" of a policy file. It holds for each month on whose last day it is the newest in effect."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    effective_from = models.DateField(
        _("effective from"),
        unique=True,
        error_messages={"unique": _("Value assumptions that take effect on this day are published already.")},
    )
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("value assumptions")
        verbose_name_plural = _("value assumptions")
        ordering = ["-number"]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("value", also=True),
        ]

    def __str__(self) -> str:
        return _("Value assumptions v%(number)s") % {"number": self.number}


class Lines(models.Model):
    """Waivers, activities and losses are what is taken off, so all but corrections are positive. NULL is unknown."""

    LINES = ("deposits", "loans", "fees", "waivers", "commissions", "activities", "losses")
    TAKEN = ("waivers", "activities", "losses")
    # undivided sums of a month: over the days, of what lay times a yearly rate
    YEARLY = ("deposits", "loans", "losses")

    currency = CurrencyField(_("currency"))
    deposits = MoneyField(_("deposit margin"), null=True)
    loans = MoneyField(_("loan margin"), null=True)
    fees = MoneyField(_("fees"), null=True)
    waivers = MoneyField(_("waivers"), null=True)
    commissions = MoneyField(_("commissions"), null=True)
    activities = MoneyField(_("cost of activities"), null=True)
    losses = MoneyField(_("expected loss"), null=True)

    class Meta:
        abstract = True


class ValueMonth(Lines):
    """Of who had an account, a charge or a contact in the month. Not rounded; the columns of YEARLY are not yet divided by 365."""

    pk = models.CompositePrimaryKey("month", "customer_id")
    month = models.DateField(_("month"))
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="+")

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "segmentation_valuemonth"
        verbose_name = _("value of a month")
        verbose_name_plural = _("values of a month")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.month:%Y-%m}"


class ValueYear(Lines):
    """The at most twelve months through `month`: each line divided and rounded once, `value` their sum."""

    pk = models.CompositePrimaryKey("month", "customer_id")
    month = models.DateField(_("month"))
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="+")
    value = MoneyField(_("value per year"), null=True)
    lifetime = MoneyField(_("lifetime value"), null=True)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "segmentation_valueyear"
        verbose_name = _("value of a year")
        verbose_name_plural = _("values of a year")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.month:%Y-%m}"


class StagedValue(Lines):
    """A closed month of a customer that late changes made different, until the night is published; `is_gone`: no row is left."""

    pk = models.CompositePrimaryKey("run_id", "month", "customer_id")
    run = models.ForeignKey(Run, models.DO_NOTHING, related_name="+")
    month = models.DateField()
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="+")
    is_gone = models.BooleanField()

    class Meta:
        managed = False
        db_table = "segmentation_stagedvalue"

    def __str__(self) -> str:
        return f"{self.customer_id} {self.month:%Y-%m}"
