import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.filters import CustomerFilter, InReachFilter
from managers.models import Gift


class GiftFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    given_on = django_filters.DateFromToRangeFilter(label=_("Given on"))
    event = django_filters.NumberFilter(label=_("Event"), field_name="event", min_value=1, max_value=2**62)
    is_struck = django_filters.BooleanFilter(
        label=_("Struck out"), field_name="struck_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Gift
        fields = ["kind"]


class GivenFilter(CustomerFilter):
    """Customers by what they were given in a year, this one unless another is said."""

    q = django_filters.CharFilter(label=_("Name, pinyin, initials, number"), method="matching")
    year = django_filters.NumberFilter(label=_("Calendar year"), method="kept", min_value=2000, max_value=2100)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("search", "number", "branch", "manager", "missing"):
            del self.filters[name]

    def kept(self, rows, name: str, value):
        """The rows are made for the year already."""
        return rows
