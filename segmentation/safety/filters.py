from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.jobs.models import Run
from segmentation.models import TierDecision

CAUSES = (("feed", _("balance feed not closed")), ("breaker", _("too many moves")))


class NightFilter(FilterSet):
    business_date = django_filters.DateFromToRangeFilter(label=_("Business date"))
    cause = django_filters.ChoiceFilter(label=_("What held it"), choices=CAUSES, method="held_by")

    class Meta:
        model = Run
        fields: list[str] = []

    def held_by(self, rows: QuerySet, name: str, cause: str) -> QuerySet:
        return rows.filter(stop__isnull=cause != "breaker")


class HeldFilter(FilterSet):
    tier = django_filters.CharFilter(label=_("Tier"), field_name="tier_before__code")

    class Meta:
        model = TierDecision
        fields: list[Any] = []
