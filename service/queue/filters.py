from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from customers.forms.inputs import DateInput
from service.models import BusinessKind, QueueNumber

WHICH = [
    ("waiting", pgettext_lazy("queue numbers", "Waiting")),
    ("called", pgettext_lazy("queue numbers", "Called")),
    ("at_counter", pgettext_lazy("queue numbers", "At a counter")),
    ("ended", pgettext_lazy("queue numbers", "Served, or did not come")),
]
UNKNOWN = "-"


class QueueNumberFilter(FilterSet):
    """`tier` is a code, or "-" for those of whom none was known."""

    day = django_filters.DateFilter(label=_("Day"), widget=DateInput())
    branch = django_filters.CharFilter(label=_("Branch (code)"), field_name="queue__branch__code")
    kind = django_filters.ModelChoiceFilter(
        label=_("Kind of business"), to_field_name="code", queryset=BusinessKind.objects.order_by("letter")
    )
    tier = django_filters.CharFilter(label=_("Tier (code)"), method="in_tier")
    which = django_filters.ChoiceFilter(label=pgettext_lazy("queue numbers", "Which"), choices=WHICH, method="in_state")

    class Meta:
        model = QueueNumber
        fields = ["state", "found_by", "is_paper"]

    def in_tier(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.filter(tier=None) if value == UNKNOWN else rows.filter(tier__code=value)

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet:
        match value:
            case "waiting":
                return rows.filter(state__in=QueueNumber.WAITS)
            case "called":
                return rows.exclude(called_at=None)
            case "at_counter":
                return rows.filter(state__in=QueueNumber.AT_COUNTER)
        return rows.filter(state__in=QueueNumber.ENDED)
