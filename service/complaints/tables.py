from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, NameColumn, Table
from crm.base.templatetags.frame import day, tag
from service.complaints.saying import STAGES
from service.models import Complaint
from service.tickets.tables import who_said


class ComplaintLink:
    """Rows that open the complaint."""

    def row_url(self, record: Complaint) -> str:
        return reverse("complaint", args=[record.pk])

    def render_number(self, record: Complaint) -> str:
        return record.ticket.number_said

    def render_regime(self, record: Complaint) -> str:
        return record.regime_said


class ComplaintTable(ComplaintLink, Table):
    due_on = DateColumn()
    number = tables.Column(accessor="ticket__number", verbose_name=_("Number"), attrs={"td": {"class": "text-nowrap"}})
    customer = NameColumn(accessor="ticket__customer", empty_values=(), verbose_name=_("Customer"))
    subject = tables.Column(accessor="ticket__subject", verbose_name=_("Subject"), attrs={"td": {"class": "sentence"}})
    regime = tables.Column()
    stage = tables.Column()
    received_on = DateColumn()
    answered_on = DateColumn(default="–")
    assignee = tables.Column(accessor="ticket__assignee", verbose_name=_("Assigned to"), default="–")

    class Meta:
        model = Complaint
        fields = (
            "due_on",
            "number",
            "customer",
            "subject",
            "regime",
            "stage",
            "received_on",
            "answered_on",
            "assignee",
        )
        sequence = fields

    def render_customer(self, record: Complaint) -> str:
        return who_said(record.ticket)

    def value_customer(self, record: Complaint) -> str:
        return record.ticket.who

    def render_stage(self, value: str) -> str:
        return str(STAGES.get(value, value))

    def render_due_on(self, value: Any, record: Complaint) -> str:
        return format_html("{} {}", day(value), tag(_t("late"), "red")) if record.is_late else day(value)
