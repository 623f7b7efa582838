from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.filters import InReachFilter
from managers.models import ResourceRequest


class RequestFilter(FilterSet):
    """Rows that have an `outcome`."""

    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    outcome = django_filters.ChoiceFilter(label=_("State"), choices=ResourceRequest.State)
    asked_by = django_filters.CharFilter(label=_("Asked by (user name)"), field_name="asked_by__username")
    holds = django_filters.BooleanFilter(label=_("Holds today"), method="holding")
    is_broken = django_filters.BooleanFilter(label=_("A condition was not kept"), method="broken")
    valid_until = django_filters.DateFromToRangeFilter(label=_("Valid until"))

    class Meta:
        model = ResourceRequest
        fields = ["kind"]

    def holding(self, rows: Any, name: str, value: bool) -> Any:
        holds = ResourceRequest.objects.holding(timezone.localdate()).values("pk")
        return rows.filter(pk__in=holds) if value else rows.exclude(pk__in=holds)

    def broken(self, rows: Any, name: str, value: bool) -> Any:
        return rows.broken() if value else rows.exclude(pk__in=ResourceRequest.objects.broken().values("pk"))
