import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.jobs.models import Run
from customers.filters import InReachFilter
from managers.models import MoveSuggestion


class SuggestionFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    giver = django_filters.CharFilter(label=_("Gives away"), field_name="giver__username")
    taker = django_filters.CharFilter(label=_("Takes on"), field_name="taker__username")

    class Meta:
        model = MoveSuggestion
        fields = ["state", "why"]


class AssignmentRunFilter(FilterSet):
    class Meta:
        model = Run
        fields = ["status"]
