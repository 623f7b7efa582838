import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from segmentation.models import ProductAnswer, ProductOffer


class OfferFilter(FilterSet):
    product = django_filters.CharFilter(label=_("Product"), field_name="product__code")

    class Meta:
        model = ProductOffer
        fields: list[str] = []


class AnswerFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    product = django_filters.CharFilter(label=_("Product"), field_name="product__code")
    at = django_filters.IsoDateTimeFromToRangeFilter(label=_("At"))

    class Meta:
        model = ProductAnswer
        fields = ["answer", "reason", "channel"]
