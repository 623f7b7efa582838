import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.filters import InReachFilter
from managers.models import Meeting


class MeetingFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="manager__username")
    ahead = django_filters.BooleanFilter(label=_("Still to come"), method="to_come")

    class Meta:
        model = Meeting
        fields = ["channel"]

    def to_come(self, rows, name: str, value: bool):
        ahead = rows.ahead(timezone.now())
        return ahead if value else rows.exclude(pk__in=ahead.values("pk"))
