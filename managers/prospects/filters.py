import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from managers.models import Prospect
from managers.prospects.tables import OUTCOMES


class ProspectFilter(FilterSet):
    """Rows that have an `outcome`."""

    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="customer__manager__username")
    referrer = django_filters.CharFilter(label=_("Referred by the customer"), field_name="referrer__number")
    outcome = django_filters.ChoiceFilter(label=pgettext_lazy("a prospect", "Status"), choices=tuple(OUTCOMES.items()))
    next_on = django_filters.DateFromToRangeFilter(label=_("Next step on"))

    class Meta:
        model = Prospect
        fields = ["source"]
