import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from customers.models import Product
from managers.models import Opportunity

WHICH = [
    ("open", pgettext_lazy("opportunities", "Open")),
    ("overdue", pgettext_lazy("opportunities", "Overdue")),
    ("closed", pgettext_lazy("opportunities", "Closed")),
    ("all", pgettext_lazy("opportunities", "All")),
]


class BoardFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    owner = django_filters.CharFilter(label=_("Owner (user name)"), field_name="owner__username")
    product = django_filters.ModelChoiceFilter(
        label=_("Product"), to_field_name="code", queryset=Product.objects.order_by("code")
    )
    currency = django_filters.CharFilter(label=_("Currency"))
    close_on = django_filters.DateFromToRangeFilter(label=_("Expected close"))

    class Meta:
        model = Opportunity
        fields = ["source"]


class OpportunityFilter(BoardFilter):
    which = django_filters.ChoiceFilter(label=_("State"), choices=WHICH, method="in_state")

    class Meta(BoardFilter.Meta):
        fields = ["stage", "source"]

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        match value:
            case "open":
                return rows.open()
            case "overdue":
                return rows.overdue(timezone.localdate())
            case "closed":
                return rows.filter(closed_at__isnull=False)
        return rows
