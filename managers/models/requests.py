"""What a manager asks of the bank for a customer: a rate, a limit, a quota or a fee; and what the customer keeps to for it."""

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from crm.base.money import CurrencyField, MoneyField
from customers.models import Customer, FeeType, Product
from customers.models.moving import moves_with_merges, said_once
from managers.models.request_promises import replaces_the_same
from managers.requests.querysets import ConditionQuerySet, RequestQuerySet

DECIDED = ("state", "decided_by", "decided_at", "declined_because", "baseline", "proposal", "version")


class ResourceRequest(models.Model):
    """`amount` is the money that it is about: lent, deposited, or the fees of a year; in the bank's currency. `price` is a
    yearly rate, or the share of a fee that is paid; `usual` what it is without asking. `cost` is what the bank forgoes in a
    year, `value_now` and `value_after` the customer's value per year when it was asked, None where it was not known.

    One that a proposal carries has the proposal's fate. `baseline` is the balance at the grant, for conditions on inflow.
    A grant that `replaces` another one ends it: from then on the other holds no more and counts against no limit.
    """

    class Kind(models.TextChoices):
        DEPOSIT_RATE = "deposit_rate", _("Deposit rate")
        LOAN_RATE = "loan_rate", _("Loan rate")
        LIMIT = "limit", pgettext_lazy("a request", "Credit limit")
        QUOTA = "quota", _("Quota")
        FEE = "fee", pgettext_lazy("a request", "Fee")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a request", "Waits for the head")
        PROPOSED = "proposed", pgettext_lazy("a request", "Laid before the approver")
        GRANTED = "granted", pgettext_lazy("a request", "Granted")
        DECLINED = "declined", pgettext_lazy("a request", "Declined")

    PRICED = (Kind.DEPOSIT_RATE, Kind.LOAN_RATE, Kind.FEE)

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product"), db_index=False
    )
    fee = models.ForeignKey(
        FeeType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fee"), db_index=False
    )
    amount = MoneyField(_("amount"))
    currency = CurrencyField(_("currency"))
    price = models.DecimalField(_("price"), max_digits=8, decimal_places=6, null=True, blank=True)
    usual = models.DecimalField(_("usual price"), max_digits=8, decimal_places=6, null=True, blank=True)
    is_new = models.BooleanField(_("new money"))
    why = models.CharField(_("reason"), max_length=500)
    valid_until = models.DateField(_("valid until"))
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("grant that it replaces"),
        db_index=False,
    )
    cost = MoneyField(_("cost per year"))
    value_now = MoneyField(_("value now"), null=True, blank=True)
    value_after = MoneyField(_("value after"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=8, choices=State)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decided by"), db_index=False,
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    declined_because = models.CharField(_("declined because"), max_length=300, blank=True)
    baseline = MoneyField(_("balance at the grant"), null=True, blank=True)
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposal")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource request")
        verbose_name_plural = _("resource requests")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, cost__gte=0), name="resource_request_has_an_amount"),
            models.CheckConstraint(
                condition=Q(kind="fee", product=None, fee__isnull=False)
                | (~Q(kind="fee") & Q(product__isnull=False, fee=None)),
                name="resource_request_names_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("deposit_rate", "loan_rate", "fee"), price__gte=0, price__lte=1)
                | Q(kind__in=("limit", "quota"), price=None),
                name="resource_request_price_fits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "proposed"), decided_at=None, decided_by=None, declined_because="")
                | Q(state="granted", decided_at__isnull=False, decided_by__isnull=False, declined_because="")
                | (Q(state="declined", decided_at__isnull=False, decided_by__isnull=False) & ~Q(declined_because="")),
                name="resource_request_decision_is_whole",
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(state="granted"), name="resource_request_replaced_once"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-asked_at"], name="resource_request_of_customer"),
            models.Index(fields=["-asked_at", "-id"], name="resource_request_newest"),
            models.Index(fields=["valid_until"], condition=Q(state="granted"), name="resource_request_ends"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            replaces_the_same(),
            said_once(
                "decided_once", "OLD.state IN ('granted', 'declined')", "state", "decided_by_id", "decided_at",
                "declined_because", "baseline",
            ),
            pgtrigger.Protect(
                name="only_its_decision_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["customer", *DECIDED]),
            ),
            moves_with_merges(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.product or self.fee}"

    @property
    def measure(self) -> Decimal:
        """What the limits of those who grant are about: the cost of a year, else the amount itself."""
        return self.cost if self.kind in self.PRICED else self.amount


class Condition(models.Model):
    """What the customer keeps to while the grant holds: a month average at each month end, or new money by a day."""

    class Kind(models.TextChoices):
        BALANCE = "balance", _("Month average of at least")
        INFLOW = "inflow", _("New money by a day")

    request = models.ForeignKey(
        ResourceRequest, models.PROTECT, related_name="conditions", verbose_name=_("request"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    amount = MoneyField(_("amount"))
    due_on = models.DateField(pgettext_lazy("a condition", "by"), null=True, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="condition_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & (Q(kind="balance", due_on=None) | Q(kind="inflow", due_on__isnull=False)),
                name="condition_is_whole",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ConditionCheck(models.Model):
    """What a night found on a day: the figure against the amount of the condition."""

    condition = models.ForeignKey(
        Condition, models.PROTECT, related_name="checks", verbose_name=_("condition"), db_index=False
    )
    on = models.DateField(pgettext_lazy("a check", "on"))
    figure = MoneyField(_("figure"))
    is_kept = models.BooleanField(_("kept"))
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        verbose_name = _("check of a condition")
        verbose_name_plural = _("checks of conditions")
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["condition", "on"], name="condition_checked_once_a_day")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.condition_id} {self.on}"
