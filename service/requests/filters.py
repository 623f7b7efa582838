from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from service.models import CoreMessage, ServiceRequest

WHICH = [
    ("open", pgettext_lazy("requests", "Open")),
    ("to_authorise", _("To be authorised")),
    ("stuck", _("Not handed over")),
    ("all", pgettext_lazy("requests", "All")),
]


class RequestFilter(FilterSet):
    which = django_filters.ChoiceFilter(label=pgettext_lazy("tickets", "Which"), choices=WHICH, method="in_state")
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    ticket = django_filters.CharFilter(label=_("Ticket"), field_name="ticket__number")
    execute_on = django_filters.DateFromToRangeFilter(label=_("Executed on"))

    class Meta:
        model = ServiceRequest
        fields = ["state", "form"]

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet:
        match value:
            case "open":
                return rows.open()
            case "to_authorise":
                return rows.to_authorise()
            case "stuck":
                return rows.filter(message__state=CoreMessage.State.STUCK)
        return rows
