"""Tier schemes and their versions. A published version never changes: by trigger."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.base.money import CurrencyField
from customers.models import Customer
from segmentation.models import four_eyes


class TierScheme(models.Model):
    """One scheme per kind of customer."""

    customer_kind = models.CharField(_("customer kind"), max_length=12, choices=Customer.Kind, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("tier scheme")
        verbose_name_plural = _("tier schemes")

    def __str__(self) -> str:
        return self.name or self.get_customer_kind_display()


class Tier(models.Model):
    """A level of a scheme. `rank` 0 is the lowest; the rank of a decision is that of its version's content."""

    scheme = models.ForeignKey(TierScheme, models.PROTECT, related_name="tiers")
    code = models.CharField(_("code"), max_length=32)
    name = models.CharField(_("name"), max_length=80)
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["scheme", "rank"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="tier_code_once_per_scheme")]

    def __str__(self) -> str:
        return self.name


class SchemeVersion(models.Model):
    """`content` is the scheme as in the policy file: currency, measure, review, tiers from lowest to highest."""

    scheme = models.ForeignKey(TierScheme, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("effective from"))
    currency = CurrencyField(_("currency"))
    measure = models.CharField(_("measure"), max_length=64)
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("scheme version")
        verbose_name_plural = _("scheme versions")
        ordering = ["scheme", "-effective_from", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_number_once"),
            models.UniqueConstraint(fields=["scheme", "effective_from"], name="scheme_version_one_per_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("tier_scheme"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} v{self.number}"
