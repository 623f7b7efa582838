import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.base.tables import MomentColumn, NameColumn, Table
from customers.models import Need


class NeedFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    product = django_filters.CharFilter(label=_("Product"), field_name="product__code")
    noted = django_filters.DateFromToRangeFilter(label=_("Noted"), field_name="noted_at")
    met_by = django_filters.CharFilter(label=_("Met by whom else"), lookup_expr="icontains")
    branch = django_filters.CharFilter(label=_("Branch"), field_name="customer__branch__code")

    class Meta:
        model = Need
        fields = ["family", "wish", "is_met"]


class NeedTable(Table):
    noted_at = MomentColumn()
    customer = NameColumn()
    family = tables.Column()
    product = tables.Column(default="–")
    wish = tables.Column()
    is_met = tables.BooleanColumn()
    met_by = tables.Column(default="–")
    quote = tables.Column(default="–", attrs={"td": {"class": "sentence"}})
    by = tables.Column()
    hidden = ("by",)

    class Meta:
        model = Need
        fields = ("noted_at", "customer", "family", "product", "wish", "is_met", "met_by", "quote", "by")
        sequence = fields

    def row_url(self, record: Need) -> str:
        return f"{reverse('customer', args=[record.customer_id])}?tab=needs"
