import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from managers.models import Task


class OpenTaskFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager"), field_name="customer__manager__username")
    due_on = django_filters.DateFromToRangeFilter(label=_("Due on"))

    class Meta:
        model = Task
        fields = ["kind"]


class TaskFilter(OpenTaskFilter):
    class Meta(OpenTaskFilter.Meta):
        fields = ["kind", "state", "about"]
