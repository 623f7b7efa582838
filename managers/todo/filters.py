from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from managers.models import Task


class OpenTaskFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager"), method="looked_after")
    due_on = django_filters.DateFromToRangeFilter(label=_("Due on"))

    class Meta:
        model = Task
        fields = ["kind"]

    def looked_after(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(Q(customer__manager__username=value) | Q(manager__username=value))


class TaskFilter(OpenTaskFilter):
    class Meta(OpenTaskFilter.Meta):
        fields = ["kind", "state", "about"]
