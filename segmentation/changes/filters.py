from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.lists import remembered
from segmentation.models import Change, ChangeRule


def _rules() -> list[tuple[str, Any]]:
    """Each code once, with its newest name."""
    return remembered("change_rules", lambda: dict(ChangeRule.objects.order_by("number").values_list("code", "name")))


class ChangeFilter(FilterSet):
    code = django_filters.ChoiceFilter(label=_("Rule"), choices=_rules)
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    manager = django_filters.CharFilter(label=_("Manager"), field_name="customer__manager__username")
    day = django_filters.DateFromToRangeFilter(label=_("Data date"))

    class Meta:
        model = Change
        fields = ["kind"]


class ChangeRuleFilter(FilterSet):
    class Meta:
        model = ChangeRule
        fields = ["code", "kind"]
