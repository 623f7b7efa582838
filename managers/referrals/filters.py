import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from managers.models import Referral


class ReferralFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="customer__manager__username")
    referred_by = django_filters.CharFilter(label=_("Referred by (user name)"), field_name="referred_by__username")

    class Meta:
        model = Referral
        fields = ["state", "family"]
