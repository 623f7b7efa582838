import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from segmentation.models import FreeAccount


class FreeAccountFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    account = django_filters.CharFilter(label=_("Account"), field_name="account__number")
    on = django_filters.DateFilter(label=_("On"), method="holding")

    class Meta:
        model = FreeAccount
        fields: list[str] = []

    def holding(self, rows: QuerySet, name: str, day) -> QuerySet:
        return rows.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
