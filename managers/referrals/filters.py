from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from managers.models import Referral


class ReferralFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="customer__manager__username")
    referred_by = django_filters.CharFilter(label=_("Referred by (user name)"), field_name="referred_by__username")

    is_credited = django_filters.BooleanFilter(label=_("Led to a sale"), method="credited")

    class Meta:
        model = Referral
        fields = ["state", "family"]

    def credited(self, rows: Any, name: str, value: bool) -> Any:
        without = Referral.objects.uncredited().values("pk")
        return rows.exclude(pk__in=without) if value else rows.filter(pk__in=without)
