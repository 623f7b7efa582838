"""Who is spared which share of which fee, and the ledger that says so."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.base.money import CurrencyField, MoneyField
from crm.jobs.models import Run
from customers.models import Account, Customer, FeeCharge
from segmentation.models import four_eyes
from segmentation.models.exemptions import Exemption
from segmentation.models.schemes import Tier
from segmentation.querysets import WaiverEntryQuerySet


class WaiverPolicy(models.Model):
    """A version of the bank's waiver policy; it holds from `effective_from` until the next version's."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    effective_from = models.DateField(_("effective from"), unique=True)
    ceiling = models.DecimalField(_("ceiling"), max_digits=5, decimal_places=4)
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("waiver policy")
        verbose_name_plural = _("waiver policies")
        ordering = ["-effective_from"]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("waiver_policy"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class WaiverLine(models.Model):
    """A tier, a fee type, a fraction, and caps in `currency`. `rule` is an optional condition over the facts."""

    policy = models.ForeignKey(WaiverPolicy, models.PROTECT, related_name="lines")
    tier_code = models.CharField(_("tier"), max_length=32)
    fee_code = models.CharField(_("fee"), max_length=32)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=4)
    cap_per_fee = MoneyField(_("cap per fee"), null=True, blank=True)
    cap_per_month = MoneyField(_("cap per month"), null=True, blank=True)
    currency = CurrencyField(_("currency"), blank=True)
    rule = models.JSONField(_("condition"), null=True, blank=True)

    class Meta:
        verbose_name = _("waiver line")
        verbose_name_plural = _("waiver lines")
        ordering = ["policy", "tier_code", "fee_code"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "tier_code", "fee_code"], name="waiver_line_once"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=1), name="waiver_percent_is_a_fraction"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.line(),
        ]

    def __str__(self) -> str:
        return f"{self.tier_code} {self.fee_code} {self.percent}"


class Waiving(models.Model):
    """A share of a charge that is waived: `percent` of `amount`, within the caps, gives `waived`.

    Without a line it was an exemption from the small-balance fee, or a person's waiver by hand.

    No foreign keys in the database: customers, accounts, tiers, lines and runs are never deleted (docs/adr/0100).
    """

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    charge = models.ForeignKey(FeeCharge, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    fee_code = models.CharField(_("fee"), max_length=32)
    charged_on = models.DateField(_("charged on"))
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    line = models.ForeignKey(
        WaiverLine, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    exemption = models.CharField(_("exemption"), max_length=16, choices=Exemption, blank=True, default="")
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=4)
    amount = MoneyField(_("amount"))
    waived = MoneyField(_("waived"))
    currency = CurrencyField(_("currency"))
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)

    class Meta:
        abstract = True


class StagedWaiver(Waiving):
    """What a night's partitions found; publish writes it to the ledger and empties it.

    Every charge taken has a row: without a line, or before the customer had a tier, `waived` is 0.
    """

    # null only while staged: the ledger has a tier for every entry
    tier = models.ForeignKey(  # type: ignore[assignment]
        Tier, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "charge"], name="staged_waiver_once")]

    def __str__(self) -> str:
        return f"{self.charge_id}"


class WaiverEntry(Waiving):
    """An entry of the append-only ledger; `number` has no gaps. A reversal has negative `waived`."""

    number = models.BigIntegerField(_("entry"), primary_key=True)
    business_date = models.DateField(_("data date"))
    # money goes back for a charge that there is
    charge = models.ForeignKey(  # type: ignore[assignment]
        FeeCharge, models.PROTECT, related_name="+", db_index=False
    )
    reverses = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reversals")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # by hand: a person's proposal that another one approved
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("proposal")
    )
    # the check that found it wrong: one proposal for many entries
    correction = models.ForeignKey(
        "WaiverCheck", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = WaiverEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["charge"], condition=Q(reverses=None, run__isnull=False), name="waiver_once_per_charge"
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="waiver_reversed_once"
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(proposal__isnull=False, correction=None), name="waiver_by_hand_once"
            ),
            models.UniqueConstraint(
                fields=["correction", "charge"],
                condition=Q(reverses=None, correction__isnull=False),
                name="waiver_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, waived__gte=0) | Q(reverses__isnull=False, waived__lte=0),
                name="waiver_reversal_is_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-charged_on", "-number"], name="waiver_of_customer"),
            models.Index(fields=["charge"], name="waiver_of_charge"),
            models.Index(
                fields=["charge"], include=["waived"], condition=Q(line=None, exemption=""), name="waiver_by_hand"
            ),
            models.Index(fields=["-charged_on", "-number"], name="waiver_newest_charge"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.entry_by_hand(),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
