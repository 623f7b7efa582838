from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class HouseholdQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The households of which somebody within reach is a member today; who reaches everything sees all of them."""
        if scope_of(user).everything:
            return self
        members = apps.get_model("customers", "HouseholdMember").objects.visible_to(user)
        return self.filter(pk__in=members.holding(timezone.localdate()).values("household_id"))

    def with_member_count(self, day) -> Self:
        """`member_count`: who belongs to it on the day, in reach or not."""
        here = apps.get_model("customers", "HouseholdMember").objects.holding(day).filter(household=OuterRef("pk"))
        counted = here.order_by().values("household").annotate(n=Count("pk")).values("n")
        return self.annotate(member_count=Coalesce(Subquery(counted), 0))


class HouseholdMemberQuerySet(OfCustomerQuerySet):
    def with_reach(self, user) -> Self:
        """`in_reach`: whether the user may see the member; `is_open`: whether in full."""
        customers = apps.get_model("customers", "Customer").objects.filter(pk=OuterRef("customer_id"))
        return self.annotate(in_reach=Exists(customers.visible_to(user)), is_open=Exists(customers.open_to(user)))

    def of(self, household_id: int, user) -> Self:
        """Every membership of a household, with the customer and `in_reach`."""
        return self.filter(household=household_id).select_related("customer").with_reach(user).order_by("since", "pk")

    def for_change(self, member) -> Any:
        """The membership as it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("household").get(pk=member.pk)

    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
