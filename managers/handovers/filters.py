import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from crm.identity.models import Branch, User
from customers.filters import InReachFilter
from managers.models import Handover, Leaving


class HandoverFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    giver = django_filters.ModelChoiceFilter(
        label=_("From whom"), to_field_name="username", queryset=User.objects.filter(role=User.Role.MANAGER)
    )
    receiver = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("a handover", "To whom"),
        to_field_name="username",
        queryset=User.objects.filter(role=User.Role.MANAGER),
    )
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), field_name="customer__branch", to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    handed_on = django_filters.DateFromToRangeFilter(label=_("Handed over on"))
    is_watched = django_filters.BooleanFilter(label=_("Still watched"), method="watched")

    class Meta:
        model = Handover
        fields: list[str] = []

    def watched(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        found = Handover.objects.watched(timezone.localdate()).values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class LeavingFilter(FilterSet):
    manager = django_filters.CharFilter(label=_("Manager"), field_name="manager__username")
    is_ahead = django_filters.BooleanFilter(label=_("Still ahead"), method="ahead")

    class Meta:
        model = Leaving
        fields: list[str] = []

    def ahead(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.ahead() if value else rows.exclude(pk__in=Leaving.objects.ahead().values("pk"))
