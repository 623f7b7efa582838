from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.identity.models import Branch
from customers.filters import InReachFilter
from managers.models import Advice


class AdviceFilter(FilterSet):
    """Rows that have a `state`."""

    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    state = django_filters.ChoiceFilter(label=_("State"), choices=Advice.State)
    is_due = django_filters.BooleanFilter(label=_("Review due"), method="reviewed")
    review_on = django_filters.DateFromToRangeFilter(label=_("Review on"))
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="customer__manager__username")
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), to_field_name="code", queryset=Branch.objects.order_by("path"), field_name="customer__branch"
    )

    class Meta:
        model = Advice
        fields: list[str] = []

    def reviewed(self, rows: Any, name: str, value: bool) -> Any:
        due = Advice.objects.with_state().due(timezone.localdate()).values("pk")
        return rows.filter(pk__in=due) if value else rows.exclude(pk__in=due)
