import django_filters
from django.utils.translation import gettext_lazy as _

from customers.contacting.filters import OfCustomerFilter
from customers.models import LifeEvent


class LifeEventFilter(OfCustomerFilter):
    on = django_filters.DateFromToRangeFilter(label=_("Date"))

    class Meta:
        model = LifeEvent
        fields = ["kind", "source"]
