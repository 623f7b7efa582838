"""What a customer may buy, how likely that is, and each step on the way. Whoever looks after the customer works on it."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField, MoneyField
from customers.models import Customer, Product
from customers.models.moving import moves_with_merges
from managers.models.sales_promises import follows_the_last, history_is_whole
from managers.sales.querysets import OpportunityQuerySet, StageMoveQuerySet


class Stage(models.TextChoices):
    """In the order in which a sale goes on; the last two close it."""

    NEW = "new", pgettext_lazy("an opportunity", "New")
    QUALIFIED = "qualified", pgettext_lazy("an opportunity", "Qualified")
    PROPOSED = "proposed", pgettext_lazy("an opportunity", "Proposed")
    NEGOTIATING = "negotiating", pgettext_lazy("an opportunity", "Negotiating")
    WON = "won", pgettext_lazy("an opportunity", "Won")
    LOST = "lost", pgettext_lazy("an opportunity", "Lost")


OPEN = (Stage.NEW, Stage.QUALIFIED, Stage.PROPOSED, Stage.NEGOTIATING)
CLOSED = (Stage.WON, Stage.LOST)


class LostReason(models.TextChoices):
    PRICE = "price", _("Rate or fee")
    RIVAL = "rival", _("Another bank was chosen")
    NO_NEED = "no_need", _("No need any more")
    TERMS = "terms", _("Limit, term or conditions")
    SLOW = "slow", _("Took too long")
    REFUSED = "refused", _("Refused by the bank")
    LEFT = "left", _("The customer left")
    OTHER = "other", _("Another reason")


class Opportunity(models.Model):
    """`probability` in percent; `close_on` is when the sale is expected to be made. Each move stands in StageMove."""

    class Source(models.TextChoices):
        MANAGER = "manager", _("Found by the manager")
        BRANCH = "branch", _("Branch counter")
        REFERRAL = "referral", _("Referred by a customer")
        CAMPAIGN = "campaign", _("Campaign")
        SUGGESTION = "suggestion", _("Suggested product")
        EVENT = "event", _("Event")
        INBOUND = "inbound", _("The customer asked")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="opportunities", verbose_name=_("customer"), db_index=False
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"), db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("a sale", "owner")
    )
    stage = models.CharField(_("stage"), max_length=11, choices=Stage)
    amount = MoneyField(_("amount"))
    currency = CurrencyField(_("currency"))
    probability = models.PositiveSmallIntegerField(
        _("probability"), help_text=_("In percent."), validators=[MaxValueValidator(100)]
    )
    close_on = models.DateField(_("expected close"))
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.MANAGER)
    competitors = models.CharField(_("competitors"), max_length=200, blank=True)
    lost_reason = models.CharField(_("reason of the loss"), max_length=7, choices=LostReason, blank=True)
    lost_words = models.CharField(_("more on the loss"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(pgettext_lazy("an opportunity", "closed"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["close_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="opportunity_amount_positive"),
            models.CheckConstraint(
                condition=Q(stage__in=OPEN, closed_at=None, probability__lte=100, lost_reason="", lost_words="")
                | Q(stage="won", closed_at__isnull=False, probability=100, lost_reason="", lost_words="")
                | (Q(stage="lost", closed_at__isnull=False, probability=0) & ~Q(lost_reason="")),
                name="opportunity_closing_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(lost_reason="other") | ~Q(lost_words=""), name="opportunity_other_reason_in_words"
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | ~Q(next_step=""), name="opportunity_next_day_has_a_step"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "stage"], name="opportunity_of_customer"),
            models.Index(fields=["close_on", "id"], name="opportunity_expected"),
            models.Index(fields=["opened_at", "id"], name="opportunity_opened"),
            models.Index(fields=["stage", "close_on", "id"], name="opportunity_of_stage"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="opened_for_good", operation=pgtrigger.Update, condition=pgtrigger.AnyChange("opened_at")
            ),
            history_is_whole(),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.product)

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and _day(self.close_on) < timezone.localdate()


def _day(said: date | str) -> date:
    return date.fromisoformat(said) if isinstance(said, str) else said


class StageMove(models.Model):
    """A step of an opportunity, with what was said of it then; the first has no `from_stage`. `by` nobody: it ended by itself.

    `number` counts the steps of an opportunity. `reason` is why it was lost or opened again, in words.
    """

    opportunity = models.ForeignKey(
        Opportunity, models.PROTECT, related_name="moves", verbose_name=_("opportunity"), db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    from_stage = models.CharField(pgettext_lazy("a stage", "from"), max_length=11, choices=Stage, blank=True)
    to_stage = models.CharField(pgettext_lazy("a stage", "to"), max_length=11, choices=Stage)
    at = models.DateTimeField(pgettext_lazy("a move", "at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), db_index=False
    )
    amount = MoneyField(_("amount"))
    currency = CurrencyField(_("currency"))
    probability = models.PositiveSmallIntegerField(_("probability"))
    lost_reason = models.CharField(_("reason of the loss"), max_length=7, choices=LostReason, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = StageMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of an opportunity")
        verbose_name_plural = _("moves of opportunities")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "number"], name="stage_move_once"),
            models.CheckConstraint(condition=~Q(from_stage=F("to_stage")), name="stage_move_moves"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            follows_the_last(),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id}: {self.get_to_stage_display()}"
