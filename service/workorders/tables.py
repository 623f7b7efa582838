from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, MomentColumn, Table, TagColumn
from crm.base.templatetags.frame import moment, tag
from service.models import WorkOrder
from service.workorders.shown import COLOURS, customer_said


class WorkOrderTable(Table):
    due_at = MomentColumn()
    number = LinkColumn(accessor="pk", verbose_name=_("Number"), attrs={"td": {"class": "text-nowrap"}})
    what = tables.Column(attrs={"td": {"class": "sentence"}})
    department = tables.Column(verbose_name=_("Department"), orderable=False)
    customer = tables.Column()
    state = TagColumn(colours=COLOURS)
    taken_by = tables.Column(default="–")
    opened_by = tables.Column()
    opened_at = MomentColumn()
    hidden = ("opened_by", "opened_at")

    class Meta:
        model = WorkOrder
        fields = ("due_at", "number", "what", "department", "customer", "state", "taken_by", "opened_by", "opened_at")
        sequence = fields

    def row_url(self, record: WorkOrder) -> str:
        return reverse("work_order", args=[record.pk])

    def render_number(self, record: WorkOrder) -> str:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record)

    def render_customer(self, record: WorkOrder) -> Any:
        name, url = customer_said(record, self.request.user)
        return format_html('<a href="{}">{}</a>', url, name) if url else name

    def render_due_at(self, value: datetime, record: WorkOrder) -> Any:
        return format_html("{} {}", moment(value), tag(_t("overdue"), "red")) if record.is_late else moment(value)
