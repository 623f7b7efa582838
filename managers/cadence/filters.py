from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from crm.identity.models import Branch
from customers.filters import InReachFilter
from customers.models import Interaction
from managers.models import DueContact
from segmentation.panels import tiers

STATES = (
    ("overdue", pgettext_lazy("a contact", "Overdue")),
    ("due", _("Due within 14 days")),
    ("kept", pgettext_lazy("a contact", "Kept")),
)


class CadenceFilter(FilterSet):
    """What a report is made of."""

    what = django_filters.ChoiceFilter(label=_("What is due"), choices=DueContact.What)
    tier = django_filters.ChoiceFilter(label=_("Tier"), field_name="tier__code", choices=tiers)
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), field_name="customer__branch", to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="customer__manager__username")

    class Meta:
        model = DueContact
        fields: list[str] = []


class DueContactFilter(CadenceFilter):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="standing")
    logged_late = django_filters.BooleanFilter(
        label=_("Last one logged late"), field_name="days_late", lookup_expr="isnull", exclude=True
    )
    no_manager = django_filters.BooleanFilter(
        label=_("Without a manager"), field_name="customer__manager", lookup_expr="isnull"
    )
    no_branch = django_filters.BooleanFilter(
        label=_("Without a branch"), field_name="customer__branch", lookup_expr="isnull"
    )

    def standing(self, rows: Any, name: str, value: str) -> Any:
        return rows.in_state(value, timezone.localdate())


class LateFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    by = django_filters.CharFilter(label=_("Logged by (user name)"), field_name="by__username")
    at = django_filters.DateFromToRangeFilter(label=_("When"))

    class Meta:
        model = Interaction
        fields: list[str] = []
