from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from customers.querysets.parties import OfCustomerQuerySet


class SegmentQuerySet(models.QuerySet):
    def in_use(self) -> Self:
        return self.filter(is_retired=False)


class PeriodQuerySet(OfCustomerQuerySet):
    def with_primary(self, on: date | None = None) -> Self:
        """`is_primary`: whether the segment speaks for the customer, on a day or now, among those of its scheme."""
        rows = apps.get_model("segmentation", "PrimarySegment").objects
        own = rows.holding(on) if on else rows.open()
        same = own.filter(segment=OuterRef("segment"), customer=OuterRef("customer"))
        return self.annotate(is_primary=Exists(same))

    def open(self) -> Self:
        return self.filter(until=None)

    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
