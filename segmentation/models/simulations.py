"""A draft policy tried on the whole book: what it would have done on a business date, customer by customer."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.money import CurrencyField, MoneyField
from crm.jobs.models import Run
from customers.models import Customer, FeeCharge
from segmentation.querysets import SimulatedTierQuerySet, SimulationQuerySet


class Simulation(models.Model):
    """`draft` is a policy file. The run holds who asked, how far it is, and the effect in figures (`run.result`).

    `is_review` says that the date is a review day of the draft; on another day the simulation reviews as if it were.
    """

    run = models.OneToOneField(Run, models.CASCADE, related_name="simulation")
    business_date = models.DateField(_("data date"))
    draft = models.JSONField(_("draft"))
    draft_hash = models.CharField(max_length=64)
    is_review = models.BooleanField(default=True)

    objects = SimulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("simulation")
        verbose_name_plural = _("simulations")
        ordering = ["-id"]
        indexes = [models.Index(fields=["draft_hash", "-id"], name="simulation_of_draft")]

    def __str__(self) -> str:
        return f"{self.business_date} {self.draft_hash[:8]}"


class SimulatedTier(models.Model):
    """Tiers by code, for a draft may name new ones: before the night, after it as published, after it under the draft."""

    simulation = models.ForeignKey(Simulation, models.CASCADE, related_name="tiers", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    before = models.CharField(_("before"), max_length=32, blank=True)
    published = models.CharField(_("as published"), max_length=32, blank=True)
    draft = models.CharField(_("under the draft"), max_length=32)
    outcome = models.CharField(_("outcome"), max_length=8, blank=True)
    months_below = models.PositiveSmallIntegerField(default=0)
    balance = MoneyField(_("balance"), null=True)
    measure = MoneyField(_("figure"), null=True)
    currency = CurrencyField(_("currency"))

    objects = SimulatedTierQuerySet.as_manager()

    class Meta:
        verbose_name = _("simulated tier")
        verbose_name_plural = _("simulated tiers")
        indexes = [
            BrinIndex(fields=["simulation"], name="simulated_tier_of", autosummarize=True, pages_per_range=32),
            models.Index(
                fields=["simulation", "id"], condition=~Q(published=models.F("draft")), name="simulated_tier_movers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.published} {self.draft}"


class SimulatedWaiver(models.Model):
    """A charge of the month: what was waived of it, and what would have been under the draft, at the draft's tiers.

    `tonight` is for charges of the day itself: what the night would waive if the draft were in force from that day.
    """

    simulation = models.ForeignKey(Simulation, models.CASCADE, related_name="waivers", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    charge = models.ForeignKey(FeeCharge, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    fee_code = models.CharField(_("fee"), max_length=32)
    tier = models.CharField(_("tier"), max_length=32, blank=True)
    amount = MoneyField(_("amount"))
    before = MoneyField(_("as published"))
    after = MoneyField(_("under the draft"))
    tonight = MoneyField(null=True)
    currency = CurrencyField(_("currency"))

    class Meta:
        verbose_name = _("simulated waiver")
        verbose_name_plural = _("simulated waivers")
        indexes = [BrinIndex(fields=["simulation"], name="simulated_waiver_of", autosummarize=True, pages_per_range=32)]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.before} {self.after}"
