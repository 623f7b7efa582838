from datetime import date
from typing import Self

from django.db import models

from customers.querysets.parties import OfCustomerQuerySet


class ChangeRuleQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        """The version of each rule that holds on a day, those that are switched off too."""
        newest = self.filter(effective_from__lte=on).order_by("code", "-effective_from").distinct("code")
        return self.filter(pk__in=newest.values("pk"))


class ChangeQuerySet(OfCustomerQuerySet):
    pass
