"""What should have been waived, reckoned anew, and where the ledger says something else."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.money import CurrencyField, MoneyField
from crm.jobs.models import Run
from customers.models import Customer, FeeCharge
from segmentation.models.exemptions import Exemption
from segmentation.models.schemes import Tier
from segmentation.models.waivers import WaiverLine, WaiverPolicy
from segmentation.querysets import LeakQuerySet


class WaiverCheck(models.Model):
    """The charges of whole months that nights had taken, under what is known now of holders, tiers and policies.

    `policy` is a version that counts instead of those in force, `tiers_on` a day whose tiers count instead of those of
    each charge's day: what somebody found to be right afterwards. The run holds who asked and how far it is.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="waiver_check")
    since = models.DateField(_("since"))
    through = models.DateField(_("through"))
    policy = models.ForeignKey(
        WaiverPolicy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("under the policy")
    )
    tiers_on = models.DateField(_("in the tiers of"), null=True, blank=True)

    class Meta:
        verbose_name = _("waiver check")
        verbose_name_plural = _("waiver checks")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(through__gte=F("since")), name="waiver_check_ends_after_start")
        ]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.since} – {self.through}"

    @property
    def assumes(self) -> bool:
        return self.policy_id is not None or self.tiers_on is not None


class Leak(models.Model):
    """A charge of which policies waived another share than is due: `due` to `customer`, in `tier`, by `line` or `exemption`.

    `waits` says that it is not corrected before the core has answered what it was sent about the customer's charges.
    """

    waiver_check = models.ForeignKey(WaiverCheck, models.PROTECT, related_name="leaks", db_index=False)
    charge = models.ForeignKey(FeeCharge, models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    entered_for = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+", db_index=False)
    fee_code = models.CharField(_("fee"), max_length=32)
    charged_on = models.DateField(_("charged on"))
    tier = models.ForeignKey(Tier, models.PROTECT, null=True, related_name="+", verbose_name=_("tier"), db_index=False)
    line = models.ForeignKey(WaiverLine, models.PROTECT, null=True, related_name="+", db_index=False)
    exemption = models.CharField(_("exemption"), max_length=16, choices=Exemption, blank=True)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=4)
    amount = MoneyField(_("amount"))
    waived = MoneyField(_("waived"))
    due = MoneyField(_("due"))
    currency = CurrencyField(_("currency"))
    waits = models.BooleanField(_("waits for the core"), default=False)

    objects = LeakQuerySet.as_manager()

    class Meta:
        verbose_name = _("leak")
        verbose_name_plural = _("leaks")
        ordering = ["-waiver_check", "pk"]
        constraints = [models.UniqueConstraint(fields=["waiver_check", "charge"], name="leak_once_a_check")]
        indexes = [models.Index(fields=["waiver_check", "-charged_on", "-id"], name="leak_newest_charge")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="never_changes", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["waits"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.waived} {self.due}"

    @property
    def more(self) -> object:
        """What is to be waived more; below zero, what was waived without right."""
        return self.due - self.waived
