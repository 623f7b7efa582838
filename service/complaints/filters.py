from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from service.models import Complaint, ComplaintRules

WHICH = [
    ("unanswered", _("Not answered")),
    ("overdue", pgettext_lazy("complaints", "Over the last day")),
    ("review", _("Under review")),
    ("all", pgettext_lazy("complaints", "All")),
]


class ComplaintFilter(FilterSet):
    which = django_filters.ChoiceFilter(label=pgettext_lazy("tickets", "Which"), choices=WHICH, method="in_state")
    customer = django_filters.CharFilter(label=_("Customer"), field_name="ticket__customer__number")
    received_on = django_filters.DateFromToRangeFilter(label=_("Received on"))

    class Meta:
        model = Complaint
        fields = ["regime", "stage", "cause"]

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet:
        match value:
            case "unanswered":
                return rows.unanswered()
            case "overdue":
                return rows.overdue(timezone.localdate())
            case "review":
                return rows.under_review()
        return rows


class ComplaintRulesFilter(FilterSet):
    class Meta:
        model = ComplaintRules
        fields = ["number", "effective_from"]
