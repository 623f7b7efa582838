from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.audit.models import Event
from crm.base.filters import FilterSet
from crm.base.slots import contributions


class EventFilter(FilterSet):
    """`customer` is a customer number: the slot "audit.customer" holds `callable(number)`, an id or None."""

    at = django_filters.IsoDateTimeFromToRangeFilter(label=_("At"))
    actor = django_filters.NumberFilter(label=_("Who"), field_name="actor_id")
    customer = django_filters.CharFilter(label=_("Customer number"), method="of_customer")

    class Meta:
        model = Event
        fields = ["kind", "action", "object_type", "object_id", "request_id"]

    def of_customer(self, rows: QuerySet, name: str, number: str) -> QuerySet:
        ids = {found for find in contributions("audit.customer") if (found := find(number))}
        return rows.filter(customer_id__in=ids)


class EventListFilter(EventFilter):
    """What a person types: a whole name, a whole action, days. Each has an index; nothing is searched by its middle."""

    at = None
    actor = None
    who = django_filters.CharFilter(label=_("Who"), field_name="actor_label", help_text=_("The whole name"))
    action = django_filters.CharFilter(label=_("What"), help_text=_("The whole action, such as customer.read"))
    period = django_filters.DateFromToRangeFilter(label=_("Period"), field_name="at")

    class Meta:
        model = Event
        fields = ["who", "action", "customer", "kind", "period", "request_id"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["request_id"].label = _("Request")
