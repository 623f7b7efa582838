import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.jobs.models import Run


class RunFilter(FilterSet):
    business_date = django_filters.DateFromToRangeFilter(label=_("Business date"))

    class Meta:
        model = Run
        fields = ["kind", "status"]
