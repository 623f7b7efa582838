import django_filters
from django.utils.translation import gettext_lazy as _

from crm.audit.models import Event


class EventFilter(django_filters.FilterSet):
    at = django_filters.IsoDateTimeFromToRangeFilter(label=_("At"))
    actor = django_filters.NumberFilter(label=_("Who"), field_name="actor_id")
    customer = django_filters.NumberFilter(label=_("Customer"), field_name="customer_id")

    class Meta:
        model = Event
        fields = ["kind", "action", "object_type", "object_id", "request_id"]
