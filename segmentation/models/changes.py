"""What a bank wants to be told of its customers, and what it was told. A published version never changes: by trigger."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from customers.models import Customer
from customers.models.moving import moves_with_merges
from segmentation.changes.querysets import ChangeQuerySet, ChangeRuleQuerySet
from segmentation.changes.saying import said_of
from segmentation.models import four_eyes


class ChangeRule(models.Model):
    """A version of the rule that `code` names: `content` as in a policy file, in force until the next one's first day."""

    class Kind(models.TextChoices):
        INFLOW = "inflow", _("Large inflow")
        OUTFLOW = "outflow", _("Large outflow")
        LEFT = "money_left", _("Money left")
        TIER = "tier", _("Tier changed")
        MATURITY = "maturity", _("Maturity")
        BIRTHDAY = "birthday", _("Birthday")
        ADDRESS = "address", _("Address changed")
        JOB = "job", _("Occupation changed")

    class Makes(models.TextChoices):
        TASK = "task", _("a task for the manager")
        ALERT = "alert", _("an alert for the manager")
        NOTHING = "nothing", _("an entry in the timeline alone")

    code = models.CharField(_("code"), max_length=32)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("effective from"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ChangeRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("change rule")
        verbose_name_plural = _("change rules")
        ordering = ["code", "-effective_from", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="change_rule_number_once"),
            models.UniqueConstraint(fields=["code", "effective_from"], name="change_rule_one_per_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("change_rule", also=True),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class Change(models.Model):
    """What a rule noticed of a customer, as of a business date, with the figures that made it speak.

    `about` makes it one of its kind: the birthday of the year, the move of the tier, the day of the flow. Until
    `quiet_until` the rule says nothing more of the customer. Both are promised by the database, whoever runs a night again.
    """

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="changes", verbose_name=_("customer"), db_index=False
    )
    rule = models.ForeignKey(ChangeRule, models.PROTECT, related_name="+", verbose_name=_("rule"), db_index=False)
    code = models.CharField(_("code"), max_length=32)
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeRule.Kind)
    about = models.CharField(pgettext_lazy("a task", "about"), max_length=64)
    day = models.DateField(_("data date"))
    due_on = models.DateField(pgettext_lazy("a task", "due on"))
    quiet_until = models.DateField(_("quiet until"), null=True)
    figures = models.JSONField(_("figures"))
    noticed_at = models.DateTimeField(_("noticed at"))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer change")
        verbose_name_plural = _("customer changes")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "code", "about"], name="change_once"),
            ExclusionConstraint(
                name="change_not_in_quiet_days",
                condition=Q(quiet_until__isnull=False),
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (Func(F("day"), F("quiet_until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-day", "-id"], name="change_of_customer"),
            models.Index(fields=["-day", "-id"], name="change_newest"),
            models.Index(fields=["rule", "day"], name="change_of_rule"),
            models.Index(fields=["noticed_at"], name="change_noticed"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="never_changes", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["customer"])
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return said_of(self.kind, self.figures)


class ChangeDay(models.Model):
    """That all rules looked at a published business date. `unknown`: customers whose money is in a currency without a rate."""

    business_date = models.DateField(_("data date"), unique=True)
    looked_at = models.DateTimeField(_("looked at"))
    noticed = models.PositiveIntegerField(_("changes"))
    unknown = models.PositiveIntegerField(_("not known"))

    class Meta:
        verbose_name = _("day of changes")
        verbose_name_plural = _("days of changes")
        ordering = ["-business_date"]

    def __str__(self) -> str:
        return f"{self.business_date}"
