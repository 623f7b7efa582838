"""The plan of an important customer: goals for one to three years, what is needed, what is done for it, and looks back."""

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField, MoneyField
from customers.models import Customer
from customers.models.moving import moves_with_merges
from managers.models.handovers import user_key
from managers.models.plan_promises import closed_once
from managers.plans.querysets import CustomerPlanQuerySet, OfPlanQuerySet

LONGEST = timedelta(days=3 * 366)


class CustomerPlan(models.Model):
    """From `since` to before `until`. `wallet` is what the customer has at all banks, in `currency`, and where that is known
    from. `review_on` is when the next look back is due. Nobody closed a plan that ended with an erasure; one that a merge closed
    (plans/merging.py) is open again where that is undone."""

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="plans", verbose_name=_("customer"), db_index=False
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    needs = models.TextField(pgettext_lazy("a plan", "needs"), max_length=2000, blank=True)
    wallet = MoneyField(_("at all banks"), null=True, blank=True)
    currency = CurrencyField(_("currency"))
    wallet_source = models.CharField(_("known from"), max_length=200, blank=True)
    review_on = models.DateField(_("next review"))
    made_by = user_key(_("drawn up by"))
    made_at = models.DateTimeField(_("drawn up"))
    closed_at = models.DateTimeField(pgettext_lazy("a plan", "closed"), null=True, blank=True)
    closed_by = user_key(_("closed by"), null=True, blank=True)
    closed_because = models.CharField(_("closed because"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CustomerPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer plan")
        verbose_name_plural = _("customer plans")
        ordering = ["review_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(closed_at=None),
                name="customer_plan_one_open",
                violation_error_message=_("This customer has an open plan: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since"), until__lte=F("since") + LONGEST),
                name="customer_plan_up_to_three_years",
            ),
            models.CheckConstraint(
                condition=Q(wallet=None, wallet_source="") | (Q(wallet__gt=0) & ~Q(wallet_source="")),
                name="customer_plan_wallet_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closed_because="")
                | (Q(closed_at__isnull=False) & ~Q(closed_because="")),
                name="customer_plan_closing_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["review_on", "id"], name="customer_plan_review"),
            models.Index(fields=["customer", "-made_at"], name="customer_plan_of_customer"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            closed_once(),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_overdue(self) -> bool:
        """Whether nobody has looked back in time."""
        return self.is_open and self.review_on < timezone.localdate()


class PlanReview(models.Model):
    """A look back: what was found, and the balance and share of wallet of that day, where they were known."""

    plan = models.ForeignKey(
        CustomerPlan, models.PROTECT, related_name="reviews", verbose_name=_("plan"), db_index=False
    )
    on = models.DateField(pgettext_lazy("a review", "on"))
    words = models.TextField(_("in words"), max_length=2000)
    balance = MoneyField(_("balance"), null=True, blank=True)
    currency = CurrencyField(_("currency"), blank=True)
    share = models.DecimalField(_("share of wallet"), max_digits=7, decimal_places=2, null=True, blank=True)
    by = user_key(_("by"))
    at = models.DateTimeField(pgettext_lazy("a review", "recorded"))

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a plan")
        verbose_name_plural = _("reviews of plans")
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "on"], name="plan_review_once_a_day")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.on}"
