import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.filters import InReachFilter
from customers.models import Duplicate, Merge, Sign


class DuplicateFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), method="of_customer")
    sign = django_filters.ChoiceFilter(
        label=_("Why"), choices=Sign, field_name="signs", lookup_expr="contains", method="signed"
    )

    class Meta:
        model = Duplicate
        fields = ["state"]

    def of_customer(self, rows, name: str, number: str):
        return rows.filter(first__number=number) | rows.filter(second__number=number)

    def signed(self, rows, name: str, value: str):
        return rows.filter(signs__contains=[value])


class MergeFilter(FilterSet):
    survivor = InReachFilter(label=_("Record that stays"), field_name="survivor__number", reach="survivor")
    absorbed = InReachFilter(label=_("Merged record"), field_name="absorbed__number", reach="absorbed")
    is_undone = django_filters.BooleanFilter(
        label=_("Undone"), field_name="undone_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Merge
        fields: list[str] = []
