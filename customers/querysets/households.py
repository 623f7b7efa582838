from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class HouseholdQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The households of which a member is within reach."""
        if scope_of(user).everything:
            return self
        members = apps.get_model("customers", "HouseholdMember").objects.visible_to(user)
        return self.filter(pk__in=members.values("household_id"))


class HouseholdMemberQuerySet(OfCustomerQuerySet):
    def with_reach(self, user) -> Self:
        """`in_reach`: whether the user may see the member."""
        seen = apps.get_model("customers", "Customer").objects.visible_to(user).filter(pk=OuterRef("customer_id"))
        return self.annotate(in_reach=Exists(seen))

    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
