import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.models import StatementPrint


class StatementFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    account = django_filters.CharFilter(label=_("Account"), field_name="account__number")
    printed_from = django_filters.DateFilter(label=_("Printed from"), field_name="printed_at", lookup_expr="date__gte")
    is_copy = django_filters.BooleanFilter(label=_("Copies"), field_name="copy", method="copies")

    class Meta:
        model = StatementPrint
        fields: list[str] = []

    def copies(self, rows, name: str, value: bool):
        return rows.filter(copy__gt=0) if value else rows.filter(copy=0)
