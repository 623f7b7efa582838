"""Companies that the bank looks at as one, and what it lends them together at most."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.money import CurrencyField, MoneyField
from customers.models.facilities import ENDS_AFTER_START
from customers.models.moving import moves_with_merges
from customers.models.parties import Customer
from customers.models.relations import DAYS
from customers.querysets.companies import CompanyGroupQuerySet, GroupMemberQuerySet, OfGroupQuerySet


class CompanyGroup(models.Model):
    """Who stands above whom in it follows from the relations of its members."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)

    objects = CompanyGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of companies")
        verbose_name_plural = _("groups of companies")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """`since` inclusive, `until` the first day no longer in it."""

    group = models.ForeignKey(CompanyGroup, models.PROTECT, related_name="members", verbose_name=_("group"))
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("company"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        ordering = ["group", "since", "pk"]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["until", "customer"]),
            ),
            moves_with_merges(),
        ]
        constraints = [
            ExclusionConstraint(
                name="group_one_per_customer_and_day",
                expressions=[("customer", RangeOperators.EQUAL), DAYS],
                violation_error_message=_("On these days the company belongs to a group already."),
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="group_member_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.customer_id}"

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


class GroupLimit(models.Model):
    """What the members may owe together. Another amount is another row, from its day on."""

    group = models.ForeignKey(CompanyGroup, models.PROTECT, related_name="limits", verbose_name=_("group"))
    amount = MoneyField(_("amount"))
    currency = CurrencyField(_("currency"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"),
        db_index=False,
    )  # fmt: skip
    noted_at = models.DateTimeField(_("noted"))

    objects = OfGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit of a group")
        verbose_name_plural = _("limits of groups")
        ordering = ["group", "-since", "-pk"]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_ends", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["until"])
            ),
        ]
        constraints = [
            ExclusionConstraint(name="group_limit_one_a_day", expressions=[("group", RangeOperators.EQUAL), DAYS]),
            models.CheckConstraint(condition=Q(amount__gt=0), name="group_limit_is_something"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="group_limit_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
