import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from segmentation.models import Exemption, Leak

WITHOUT, DESPITE = "without", "despite"
DIRECTIONS = [(WITHOUT, _("Waived without right")), (DESPITE, _("Charged despite right"))]


class LeakFilter(FilterSet):
    direction = django_filters.ChoiceFilter(label=_("What"), choices=DIRECTIONS, method="of_direction")
    fee = django_filters.CharFilter(label=_("Fee"), field_name="fee_code")
    tier = django_filters.CharFilter(label=_("Tier"), field_name="tier__code")
    branch = django_filters.CharFilter(label=_("Branch"), field_name="customer__branch__code")
    exemption = django_filters.ChoiceFilter(label=_("Exemption"), choices=Exemption.choices)
    charged_on = django_filters.DateFromToRangeFilter(label=_("Charged on"))

    class Meta:
        model = Leak
        fields = ["currency", "waits"]

    def of_direction(self, rows: QuerySet, name: str, direction: str) -> QuerySet:
        return rows.filter(waived__gt=F("due")) if direction == WITHOUT else rows.filter(due__gt=F("waived"))
