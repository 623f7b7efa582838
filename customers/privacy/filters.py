import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.jobs.models import Run
from customers.models import Erasure, SubjectExport


class SubjectExportFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    status = django_filters.ChoiceFilter(label=_("Status"), field_name="run__status", choices=Run.Status)

    class Meta:
        model = SubjectExport
        fields: list[str] = []


class ErasureFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    due_until = django_filters.DateFilter(label=_("Due until"), field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Erasure
        fields = ["state", "requester"]
