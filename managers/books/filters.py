from datetime import date
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.filters import InReachFilter
from managers.models import Assignment


class AssignmentFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager"), field_name="manager__username")
    on = django_filters.DateFilter(label=_("Holding on"), method="holding")

    class Meta:
        model = Assignment
        fields = ["role"]

    def holding(self, rows: Any, name: str, value: date) -> Any:
        return rows.holding(value)
