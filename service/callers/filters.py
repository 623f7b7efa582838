from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.contacts import hash_of_typed
from service.models import Caller, Mandate


class CallerFilter(FilterSet):
    """Found by the whole phone number alone."""

    phone = django_filters.CharFilter(label=_("Phone"), method="of_phone")
    joined = django_filters.BooleanFilter(
        label=_("Found to be a customer"), field_name="customer", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Caller
        fields = ["is_anonymous"]

    def of_phone(self, rows: Any, name: str, value: str) -> Any:
        found = hash_of_typed("phone", value)
        return rows.filter(phone_hash=found) if found else rows.none()


class MandateFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    holding = django_filters.BooleanFilter(label=_("Holds today"), method="of_today")

    class Meta:
        model = Mandate
        fields = ["holder"]

    def of_today(self, rows: Any, name: str, value: bool) -> Any:
        held = Mandate.objects.holding(timezone.localdate()).values("pk")
        return rows.filter(pk__in=held) if value else rows.exclude(pk__in=held)
