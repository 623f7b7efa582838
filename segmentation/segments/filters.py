from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.drainage import set_override
from drf_spectacular.types import OpenApiTypes

from crm.base.filters import FilterSet
from segmentation.models import PrimarySegment, Segment, SegmentMembership


def segments() -> list[tuple[str, str]]:
    return list(Segment.objects.order_by("scheme", "priority", "code").values_list("code", "name"))


class SegmentFilter(FilterSet):
    class Meta:
        model = Segment
        fields = ["code", "scheme", "is_retired"]


def of_segment(label: Any, method: str) -> django_filters.ChoiceFilter:
    """In the schema its value is a word: the choices stand in the database, which the schema does not ask."""
    found = django_filters.ChoiceFilter(label=label, choices=segments, method=method)
    set_override(found, "field", OpenApiTypes.STR)
    return found


class MemberFilter(FilterSet):
    """Who is in the segment now, or was on a day."""

    on = django_filters.DateFilter(label=_("On"), method="holding")
    also = of_segment(_("Also in"), "within")
    not_in = of_segment(_("Not in"), "without")
    is_primary = django_filters.BooleanFilter(label=_("Primary segment"), method="speaks")

    class Meta:
        model = SegmentMembership
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("on") else rows.open()

    def holding(self, rows: QuerySet, name: str, on: date) -> QuerySet:
        return rows.holding(on)

    def within(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return rows.filter(self._other(code))

    def without(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return rows.exclude(self._other(code))

    def _other(self, code: str) -> Exists:
        others = SegmentMembership.objects.filter(segment__code=code, customer=OuterRef("customer"))
        on = self.form.cleaned_data.get("on")
        return Exists(others.holding(on) if on else others.open())

    def speaks(self, rows: QuerySet, name: str, is_primary: bool) -> QuerySet:
        own = PrimarySegment.objects.filter(segment=OuterRef("segment"), customer=OuterRef("customer"))
        on = self.form.cleaned_data.get("on")
        found = Exists(own.holding(on) if on else own.open())
        return rows.filter(found) if is_primary else rows.exclude(found)
