import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customers.contacting.filters import OfCustomerFilter
from customers.models import Preference


class PreferenceFilter(OfCustomerFilter):
    holds = django_filters.BooleanFilter(label=_("Holds"), method="by_holding")

    class Meta:
        model = Preference
        fields = ["kind", "source"]

    def by_holding(self, rows: QuerySet, name: str, wanted: bool) -> QuerySet:
        holding = Preference.objects.holding().order_by().values("pk")
        return rows.filter(pk__in=holding) if wanted else rows.exclude(pk__in=holding)
