from datetime import timedelta

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from crm.identity.models import Branch
from customers.models import KycReview, RiskRating

SOON = timedelta(days=30)
STATES = [
    ("overdue", pgettext_lazy("a review", "Overdue")),
    ("soon", _("Due within 30 days")),
    ("waiting", _("All that wait")),
    ("begun", pgettext_lazy("a review", "Begun")),
    ("done", pgettext_lazy("a review", "Concluded")),
]


class KycReviewFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    which = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), field_name="customer__branch", to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="customer__manager__username")

    class Meta:
        model = KycReview
        fields = ["level"]

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        match value:
            case "overdue":
                return rows.waiting().filter(due_on__lt=today)
            case "soon":
                return rows.due(today + SOON)
            case "waiting":
                return rows.waiting()
        return rows.filter(state=value)


class RiskRatingFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")

    class Meta:
        model = RiskRating
        fields = ["level"]
