import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.models import Attribute


class AttributeFilter(FilterSet):
    is_retired = django_filters.BooleanFilter(
        label=_("Retired"), field_name="retired_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Attribute
        fields = ["type", "sensitivity"]
