"""Fees that fall due because somebody is below the level of a tier that nobody falls from."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.money import CurrencyField, MoneyField
from crm.jobs.models import Run
from customers.models import Customer
from segmentation.models.schemes import SchemeVersion, Tier
from segmentation.querysets import FeeDueQuerySet


class FeeDue(models.Model):
    """One per customer and review, written when the night is published; the bank's core collects it from the export."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    business_date = models.DateField(_("due on"))
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="+", verbose_name=_("tier"), db_index=False)
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+", db_index=False)
    fee_code = models.CharField(_("fee"), max_length=32)
    amount = MoneyField(_("amount"))
    currency = CurrencyField(_("currency"))

    objects = FeeDueQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee due")
        verbose_name_plural = _("fees due")
        ordering = ["-business_date", "-pk"]
        constraints = [models.UniqueConstraint(fields=["customer", "business_date"], name="fee_due_once_a_review")]
        indexes = [models.Index(fields=["-business_date", "-id"], name="fee_due_newest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.business_date} {self.fee_code}"
