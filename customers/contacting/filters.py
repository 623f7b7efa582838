import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.models import Consent, Flag, RiskAssessment


class OfCustomerFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")


class RiskAssessmentFilter(OfCustomerFilter):
    class Meta:
        model = RiskAssessment
        fields = ["level"]


class ConsentFilter(OfCustomerFilter):
    is_open = django_filters.BooleanFilter(label=_("Holds"), field_name="withdrawn_at", lookup_expr="isnull")

    class Meta:
        model = Consent
        fields = ["purpose", "channel", "wording"]


class FlagFilter(OfCustomerFilter):
    class Meta:
        model = Flag
        fields = ["kind"]
