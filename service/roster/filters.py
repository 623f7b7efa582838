import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.identity.models import Team
from service.models import Roster, Shift


class RosterFilter(FilterSet):
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), to_field_name="code", queryset=Team.objects.order_by("name")
    )
    week_on = django_filters.DateFromToRangeFilter(label=_("Week from"))

    class Meta:
        model = Roster
        fields: list[str] = []


class ShiftFilter(FilterSet):
    user = django_filters.CharFilter(label=_("User name"), field_name="user__username")
    starts_at = django_filters.DateFromToRangeFilter(label=_("From"))

    class Meta:
        model = Shift
        fields = ["roster"]
