"""What a customer was advised to do with their money, version by version, and what they said to it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField, MoneyField
from customers.models import Customer, Interaction, Product, RiskAssessment
from customers.models.moving import moves_with_merges
from managers.advice.querysets import AdviceQuerySet, OfAdviceQuerySet
from managers.models.advice_promises import append_only, follows_the_last, thrown_away_for_good, version_is_whole


class Advice(models.Model):
    """Handing over makes a version of the draft; a change after that is a new draft, and another version.

    `draft` is what managers.advice.content writes, None where nothing is being drafted; without a version it was thrown away then.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("an advice", "Draft")
        HANDED = "handed", pgettext_lazy("an advice", "Waits for the customer")
        ACCEPTED = "accepted", pgettext_lazy("an advice", "Accepted")
        DECLINED = "declined", pgettext_lazy("an advice", "Declined")
        DISCARDED = "discarded", pgettext_lazy("an advice", "Thrown away")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="advices", verbose_name=_("customer"), db_index=False
    )
    begun_at = models.DateTimeField(pgettext_lazy("an advice", "begun"))
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    draft = models.JSONField(pgettext_lazy("an advice", "draft"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("investment advice")
        verbose_name_plural = _("investment advice")
        ordering = ["-begun_at", "-pk"]
        indexes = [
            models.Index(fields=["customer", "-begun_at"], name="advice_of_customer"),
            models.Index(fields=["-begun_at", "-id"], name="advice_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="begun_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("begun_at", "begun_by"),
            ),
            thrown_away_for_good(),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{_('Advice')} {self.pk}"


class AdviceVersion(models.Model):
    """As it was handed over, with the risk profile that held on that day; never changed."""

    advice = models.ForeignKey(
        Advice, models.PROTECT, related_name="versions", verbose_name=_("advice"), db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    goals = models.CharField(pgettext_lazy("an advice", "goals"), max_length=1000)
    horizon_months = models.PositiveSmallIntegerField(_("horizon in months"))
    amount = MoneyField(_("amount"))
    currency = CurrencyField(_("currency"))
    level = models.PositiveSmallIntegerField(_("risk profile"), choices=RiskAssessment.LEVELS)
    assessed_on = models.DateField(_("assessed on"))
    line_count = models.PositiveSmallIntegerField(_("lines"))
    review_on = models.DateField(_("review on"))
    handed_on = models.DateField(_("handed over on"))
    recorded_at = models.DateTimeField(_("recorded"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )

    objects = OfAdviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an advice")
        verbose_name_plural = _("versions of advice")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["advice", "number"], name="advice_version_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, horizon_months__gt=0, line_count__gt=0) & ~Q(goals=""),
                name="advice_version_has_a_goal",
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="advice_version_c1_to_c5"),
            models.CheckConstraint(
                condition=Q(review_on__gt=models.F("handed_on"), assessed_on__lte=models.F("handed_on")),
                name="advice_version_days_follow",
            ),
        ]
        indexes = [models.Index(fields=["review_on"], name="advice_version_review")]
        triggers = [append_only(), follows_the_last(), version_is_whole("id")]

    def __str__(self) -> str:
        return f"{self.advice_id}/{self.number}"


class AdviceLine(models.Model):
    """A product that was proposed: an amount in the currency of its version, or percent of the money; `risk` as it was then."""

    of = models.ForeignKey(
        AdviceVersion, models.PROTECT, db_column="version_id", related_name="lines", verbose_name=_("version"), db_index=False
    )  # fmt: skip
    place = models.PositiveSmallIntegerField(_("place"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"), db_index=False)
    amount = MoneyField(_("amount"), null=True, blank=True)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    risk = models.PositiveSmallIntegerField(_("product risk"))

    objects = OfAdviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an advice")
        verbose_name_plural = _("lines of advice")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["of", "place"], name="advice_line_once"),
            models.UniqueConstraint(fields=["of", "product"], name="advice_line_product_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, percent=None) | Q(amount=None, percent__gt=0, percent__lte=100),
                name="advice_line_says_how_much",
            ),
        ]
        triggers = [append_only(), version_is_whole("version_id")]

    def __str__(self) -> str:
        return str(self.product)


class AdviceAnswer(models.Model):
    """What the customer said to a version; said once."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("an advice", "Accepted")
        DECLINED = "declined", pgettext_lazy("an advice", "Declined")

    of = models.OneToOneField(
        AdviceVersion, models.PROTECT, db_column="version_id", related_name="answer", verbose_name=_("version")
    )
    outcome = models.CharField(_("answer"), max_length=8, choices=Outcome)
    channel = models.CharField(_("channel"), max_length=9, choices=Interaction.Channel)
    answered_on = models.DateField(_("answered on"))
    words = models.CharField(_("in the customer's words"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )

    objects = OfAdviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to an advice")
        verbose_name_plural = _("answers to advice")
        ordering = ["-answered_on", "-pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.get_outcome_display())
