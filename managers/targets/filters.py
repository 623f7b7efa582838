from datetime import date
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from managers.models import Target


class TargetFilter(FilterSet):
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="manager__username")
    team = django_filters.CharFilter(label=_("Team"), field_name="team__name")
    branch = django_filters.CharFilter(label=_("Branch (code)"), field_name="branch__code")
    product = django_filters.CharFilter(label=_("Product (code)"), field_name="product__code")
    on = django_filters.DateFilter(label=_("Day in the period"), method="of_day")

    class Meta:
        model = Target
        fields = ["kind"]

    def of_day(self, rows: Any, name: str, value: date) -> Any:
        return rows.of_day(value)
