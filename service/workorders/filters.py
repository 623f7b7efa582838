from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from crm.identity.models import Branch, Team
from service.models import WorkOrder

WHICH = [
    ("open", pgettext_lazy("work orders", "Open")),
    ("overdue", pgettext_lazy("work orders", "Overdue")),
    ("all", pgettext_lazy("work orders", "All")),
]


class WorkOrderFilter(FilterSet):
    """`ours` are those of the user's own departments."""

    which = django_filters.ChoiceFilter(label=pgettext_lazy("tickets", "Which"), choices=WHICH, method="in_state")
    ours = django_filters.BooleanFilter(label=_("Of my departments"), method="of_ours")
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), to_field_name="code", queryset=Team.objects.order_by("name")
    )
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    ticket = django_filters.CharFilter(label=_("Ticket"), field_name="ticket__number")

    class Meta:
        model = WorkOrder
        fields = ["state"]

    def of_ours(self, rows: Any, name: str, value: bool) -> Any:
        own = WorkOrder.objects.of_departments(self.request.user).order_by().values("pk")
        return rows.filter(pk__in=own) if value else rows.exclude(pk__in=own)

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet:
        match value:
            case "open":
                return rows.open()
            case "overdue":
                return rows.overdue(timezone.now())
        return rows
