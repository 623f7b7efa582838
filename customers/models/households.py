"""People who share a home and, where they agreed, what counts for their tiers."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from customers.models.parties import Customer
from customers.querysets.households import HouseholdMemberQuerySet, HouseholdQuerySet


class Household(models.Model):
    number = models.CharField(_("number"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class HouseholdMember(models.Model):
    """`since` inclusive, `until` the first day no longer in it. `pools`: agreed that the own balances count for all."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members", verbose_name=_("household"))
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="households", verbose_name=_("customer"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    pools = models.BooleanField(_("agreed to be pooled"), default=False)
    is_head = models.BooleanField(_("head of the household"), default=False, db_default=False)

    objects = HouseholdMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a household")
        verbose_name_plural = _("members of households")
        ordering = ["household", "since", "pk"]
        constraints = [
            ExclusionConstraint(
                name="household_one_per_customer_and_day",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("On these days the customer belongs to a household already."),
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(is_head=True, until=None), name="household_one_head"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="household_member_ends_after_start",
                violation_error_message=_("A membership can't end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.customer_id}"

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)
