from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.drainage import set_override
from drf_spectacular.types import OpenApiTypes

from crm.base.filters import FilterSet
from segmentation.models import Benefit, EntitlementOverride, EntitlementUse, GoldCard, ServiceStandard


def benefits() -> list[tuple[str, str]]:
    return list(Benefit.objects.order_by("name", "code").values_list("code", "name"))


def of_benefit() -> django_filters.ChoiceFilter:
    """In the schema its value is a word: the choices stand in the database, which the schema does not ask."""
    found = django_filters.ChoiceFilter(label=_("Benefit"), choices=benefits, field_name="benefit__code")
    set_override(found, "field", OpenApiTypes.STR)
    return found


class StandardFilter(FilterSet):
    class Meta:
        model = ServiceStandard
        fields = ["number", "effective_from"]


class UseFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    benefit = of_benefit()
    used_on = django_filters.DateFromToRangeFilter(label=_("Used on"))
    tier = django_filters.CharFilter(label=_("Tier"), field_name="tier__code")
    is_standing = django_filters.BooleanFilter(label=_("Not undone"), method="standing")

    class Meta:
        model = EntitlementUse
        fields = ["channel", "origin"]

    def standing(self, rows: QuerySet, name: str, is_standing: bool) -> QuerySet:
        standing = EntitlementUse.objects.standing().values("pk")
        return rows.filter(pk__in=standing) if is_standing else rows.exclude(pk__in=standing)


class OnFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    on = django_filters.DateFilter(label=_("On"), method="holding")

    def holding(self, rows: Any, name: str, day: date) -> QuerySet:
        return rows.holding(day)


class EntitlementOverrideFilter(OnFilter):
    benefit = of_benefit()

    class Meta:
        model = EntitlementOverride
        fields = ["kind"]


class GoldCardFilter(OnFilter):
    is_open = django_filters.BooleanFilter(label=_("Now"), field_name="until", lookup_expr="isnull")

    class Meta:
        model = GoldCard
        fields = ["state", "cause"]
