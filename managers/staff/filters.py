from datetime import date
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from managers.models import Certificate, ManagerGrade, Scorecard, Training


class OfManagerFilter(FilterSet):
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="manager__username")


class GradeFilter(OfManagerFilter):
    on = django_filters.DateFilter(label=_("Holding on"), method="holding")

    class Meta:
        model = ManagerGrade
        fields = ["grade"]

    def holding(self, rows: Any, name: str, value: date) -> Any:
        return rows.holding(value)


class CertificateFilter(OfManagerFilter):
    lapses_by = django_filters.DateFilter(label=_("Ends by, and is not renewed"), method="lapsing")
    valid_on = django_filters.DateFilter(label=_("Valid on"), method="valid")

    class Meta:
        model = Certificate
        fields = ["kind"]

    def lapsing(self, rows: Any, name: str, value: date) -> Any:
        return rows.lapsing(value)

    def valid(self, rows: Any, name: str, value: date) -> Any:
        return rows.valid(value)


class TrainingFilter(OfManagerFilter):
    class Meta:
        model = Training
        fields = ["is_passed"]


class ScorecardFilter(OfManagerFilter):
    class Meta:
        model = Scorecard
        fields = ["year"]
