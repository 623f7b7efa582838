from datetime import timedelta

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.filters import FilterSet
from crm.identity.models import Branch
from customers.models import Document

STATES = [
    ("expired", pgettext_lazy("a document", "Expired")),
    ("soon", _("Ends within 90 days")),
    ("open", _("All that stand")),
    ("closed", _("Replaced or closed")),
]


class DocumentFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    type = django_filters.MultipleChoiceFilter(label=_("Type"), choices=Document.Type.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    within = django_filters.NumberFilter(label=_("Ends within days"), method="ending", min_value=0, max_value=3650)
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), field_name="customer__branch", to_field_name="code", queryset=Branch.objects.order_by("path")
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        match value:
            case "expired":
                return rows.open().filter(valid_until__lt=today)
            case "soon":
                return rows.ending(today + Document.SOON).filter(valid_until__gte=today)
            case "open":
                return rows.open()
        return rows.closed()

    def ending(self, rows: QuerySet, name: str, value: int) -> QuerySet:
        """Those that have ended too."""
        return rows.ending(timezone.localdate() + timedelta(days=int(value)))
