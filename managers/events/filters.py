import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.filters import InReachFilter
from customers.models import Customer
from managers.models import Event, Invitation


class EventFilter(FilterSet):
    q = django_filters.CharFilter(label=_("Name or place of the event"), method="matching")
    branch = django_filters.CharFilter(label=_("Branch"), field_name="branch__code")
    host = django_filters.CharFilter(label=_("Host (user name)"), field_name="host__username")
    starts_at = django_filters.DateFromToRangeFilter(label=_("Begins"))
    is_ahead = django_filters.BooleanFilter(label=_("Still to come"), method="coming")

    class Meta:
        model = Event
        fields = ["kind", "state"]

    def matching(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        return rows.filter(name__icontains=text) | rows.filter(place__icontains=text)

    def coming(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.ahead() if value else rows.exclude(state__in=Event.AHEAD)


class InvitationFilter(FilterSet):
    q = django_filters.CharFilter(label=_("Name, pinyin, initials, number"), method="matching")
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="customer__manager__username")
    invited_by = django_filters.CharFilter(label=_("Invited by (user name)"), field_name="invited_by__username")

    class Meta:
        model = Invitation
        fields = ["state", "channel"]

    def matching(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        guests = Customer.objects.filter(pk__in=rows.order_by().values("customer"))
        return rows.filter(customer__in=guests.search(text))
