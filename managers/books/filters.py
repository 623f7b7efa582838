from datetime import date
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.identity.models import Branch, User
from customers.filters import InReachFilter
from customers.models import Customer
from managers.models import Assignment, ManagedCustomer, Manager


class AssignmentFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager"), field_name="manager__username")
    on = django_filters.DateFilter(label=_("Holding on"), method="holding")

    class Meta:
        model = Assignment
        fields = ["role"]

    def holding(self, rows: Any, name: str, value: date) -> Any:
        return rows.holding(value)


class ManagerFilter(FilterSet):
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    username = django_filters.CharFilter(label=_("User name"))
    is_away = django_filters.BooleanFilter(
        label=_("Away today"), field_name="away_until", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Manager
        fields: list[str] = []


class UncoveredFilter(FilterSet):
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    manager = django_filters.ModelChoiceFilter(
        label=_("Manager"), to_field_name="username", queryset=User.objects.filter(role=User.Role.MANAGER)
    )

    reason = django_filters.ChoiceFilter(
        label=_("Why the night gave nobody"), field_name="managed__reason", choices=ManagedCustomer.Reason.choices
    )

    class Meta:
        model = Customer
        fields = ["kind"]
