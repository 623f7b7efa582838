import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.models import FeeCharge
from segmentation.reconciliation.differences import Difference


class ChargeFilter(FilterSet):
    fee = django_filters.CharFilter(label=_("Fee"), field_name="fee__code")
    branch = django_filters.CharFilter(label=_("Branch"), field_name="account__branch__code")
    currency = django_filters.CharFilter(label=_("Currency"), field_name="account__currency")
    difference = django_filters.ChoiceFilter(
        label=_("Difference"), choices=[("any", _("Any")), *Difference.choices], method="of_difference"
    )

    class Meta:
        model = FeeCharge
        fields: list[str] = []

    def of_difference(self, rows: QuerySet, name: str, difference: str) -> QuerySet:
        return rows.exclude(difference="") if difference == "any" else rows.filter(difference=difference)
