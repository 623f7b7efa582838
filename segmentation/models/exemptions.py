"""Why an account is not to pay the small-balance fee, and the one account that a customer has named."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from customers.models import Account, Customer
from customers.models.moving import moves_with_merges, said_once
from segmentation.querysets import FreeAccountQuerySet


class Exemption(models.TextChoices):
    """In the order in which they are looked at: the first that holds is the reason."""

    TIER = "tier", _("The tier pays no small-balance fee")
    NAMED = "named_account", _("The account that the customer named as free")
    NEW = "new_account", _("A newly opened account")
    PAYROLL = "payroll", _("Salary is paid into the account")
    LOAN = "loan_repayment", _("A loan is repaid from the account")
    CARD = "card_autopay", _("A card is paid off from the account")
    FLOOR = "floor", _("The quarter's average is not under the floor")


class FreeAccount(models.Model):
    """`since` inclusive, `until` the first day on which it is named no longer. Nothing changes but its end, once."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="free_accounts", verbose_name=_("customer"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("account"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    named_at = models.DateTimeField(_("named"), auto_now_add=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = FreeAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("free account")
        verbose_name_plural = _("free accounts")
        ordering = ["-since", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="free_account_one_at_a_time",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The customer has named a free account for these days already."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="free_account_ends_after_start",
                violation_error_message=_("It ends after it starts."),
            ),
        ]
        indexes = [models.Index(fields=["-since", "-id"], name="free_account_newest")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("ends_once", "OLD.until IS NOT NULL", "until"),
            pgtrigger.Protect(
                name="only_its_end_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["until", "customer"]),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.account_id} {self.since}"
