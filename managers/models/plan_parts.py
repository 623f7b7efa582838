"""What belongs to a plan: the goals of a customer, and what somebody does for them."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField
from customers.models.moving import said_once
from managers.models.handovers import user_key
from managers.models.plan_promises import goes_on_in_a_merge
from managers.models.plans import CustomerPlan
from managers.plans.querysets import OfPlanQuerySet


def _plan(name: str) -> models.ForeignKey:
    return models.ForeignKey(CustomerPlan, models.PROTECT, related_name=name, verbose_name=_("plan"))


class PlanGoal(models.Model):
    """`figure` is money in `currency`, a percentage of the wallet, a count of products, or of nothing that the bank keeps.

    A goal is never rewritten: it is dropped for a reason, and another one set.
    """

    class Kind(models.TextChoices):
        BALANCE = "balance", pgettext_lazy("a goal", "Balance")
        WALLET = "wallet", _("Share of wallet")
        PRODUCTS = "products", pgettext_lazy("a goal", "Products")
        OTHER = "other", pgettext_lazy("a goal", "Other")

    plan = _plan("goals")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    figure = models.DecimalField(_("figure"), max_digits=20, decimal_places=4, null=True, blank=True)
    currency = CurrencyField(_("currency"), blank=True)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    due_on = models.DateField(pgettext_lazy("a goal", "by"))
    set_by = user_key(_("set by"))
    set_at = models.DateTimeField(_("set"))
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    dropped_because = models.CharField(_("dropped because"), max_length=300, blank=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal of a plan")
        verbose_name_plural = _("goals of plans")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="balance", figure__gt=0) & ~Q(currency=""))
                | Q(kind="wallet", figure__gt=0, figure__lte=100, currency="")
                | Q(kind="products", figure__gte=1, currency="")
                | (Q(kind="other", figure=None, currency="") & ~Q(words="")),
                name="plan_goal_is_measured_by_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_because="") | (Q(dropped_at__isnull=False) & ~Q(dropped_because="")),
                name="plan_goal_dropped_for_a_reason",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="never_rewritten",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["words", "dropped_at", "dropped_because"]),
            ),
            said_once("dropped_once", "OLD.dropped_at IS NOT NULL", "dropped_at"),
        ]

    def __str__(self) -> str:
        return self.words if self.kind == self.Kind.OTHER else str(self.get_kind_display())


class PlanAction(models.Model):
    """What somebody does for the plan, and by when. Done, or dropped for a reason."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("an action", "Open")
        DONE = "done", pgettext_lazy("an action", "Done")
        DROPPED = "dropped", pgettext_lazy("an action", "Dropped")

    plan = _plan("actions")
    what = models.CharField(pgettext_lazy("an action", "what"), max_length=300)
    who = user_key(pgettext_lazy("an action", "who"))
    due_on = models.DateField(pgettext_lazy("an action", "by"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN, db_default=State.OPEN)
    set_by = user_key(_("set by"))
    set_at = models.DateTimeField(_("set"))
    closed_at = models.DateTimeField(pgettext_lazy("an action", "closed"), null=True, blank=True)
    closed_by = user_key(_("closed by"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("action of a plan")
        verbose_name_plural = _("actions of plans")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None, reason="")
                | Q(state="done", closed_at__isnull=False)
                | (Q(state="dropped", closed_at__isnull=False) & ~Q(reason="")),
                name="plan_action_closing_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="plan_action_due")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_its_closing_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["plan", "what", "state", "closed_at", "closed_by", "reason"]),
            ),
            said_once("closed_once", "OLD.state <> 'open'", "state", "closed_at", "closed_by_id"),
            goes_on_in_a_merge(),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_late(self) -> bool:
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()
