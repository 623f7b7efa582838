from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.identity.models import Branch, User
from customers.filters import InReachFilter
from managers.models import CustomerPlan


class PlanFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.ModelChoiceFilter(
        label=_("Manager"), field_name="customer__manager", to_field_name="username",
        queryset=User.objects.filter(role=User.Role.MANAGER),
    )  # fmt: skip
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), field_name="customer__branch", to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    is_open = django_filters.BooleanFilter(label=_("Still open"), field_name="closed_at", lookup_expr="isnull")
    is_overdue = django_filters.BooleanFilter(label=_("Review overdue"), method="overdue")

    class Meta:
        model = CustomerPlan
        fields: list[str] = []

    def overdue(self, rows: Any, name: str, value: bool) -> Any:
        today = timezone.localdate()
        return rows.overdue(today) if value else rows.exclude(pk__in=CustomerPlan.objects.overdue(today).values("pk"))
