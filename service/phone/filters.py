from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from service.models import CallBack, CallScript, WrapUp


class CallBackFilter(FilterSet):
    mine = django_filters.BooleanFilter(label=pgettext_lazy("tickets", "Mine"), method="of_mine")
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")

    class Meta:
        model = CallBack
        fields = ["state", "by_manager"]

    def of_mine(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(taken_by=self.request.user) if value else rows.exclude(taken_by=self.request.user)


class ScriptFilter(FilterSet):
    class Meta:
        model = CallScript
        fields = ["moment"]


class WrapUpFilter(FilterSet):
    class Meta:
        model = WrapUp
        fields = ["outcome", "follows", "is_solved"]
