from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, MoneyColumn, NameColumn, Table
from crm.base.templatetags.frame import day, names, tag
from managers.models import CustomerPlan


class PlanTable(Table):
    customer = NameColumn()
    manager = tables.Column(accessor="customer__manager", verbose_name=_("Manager"), default="–")
    branch = tables.Column(accessor="customer__branch", verbose_name=_("Branch"), default="–")
    since = DateColumn()
    until = DateColumn()
    wallet = MoneyColumn(default="–")
    review_on = DateColumn()
    closed_at = DateColumn(default="–")
    hidden = ("wallet", "closed_at")

    class Meta:
        model = CustomerPlan
        fields = ("customer", "review_on", "manager", "branch", "since", "until", "wallet", "closed_at")
        sequence = fields

    def row_url(self, record: Any) -> str:
        return f"{reverse('customer_plan', args=[record.customer_id])}?plan={record.pk}"

    def render_customer(self, record: Any) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.url_of(record), names(record.customer))

    def render_review_on(self, value: Any, record: Any) -> str:
        if not record.is_open:
            return tag(_t("closed"))
        late = tag(_t("overdue"), "red") if record.is_overdue else ""
        return format_html("{} {}", day(value), late)
