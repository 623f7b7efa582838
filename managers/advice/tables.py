from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Numeric, Table
from crm.base.templatetags.frame import names, tag
from managers.models import Advice

State = Advice.State
STATES = {
    State.DRAFT: "yellow",
    State.HANDED: "blue",
    State.ACCEPTED: "green",
    State.DECLINED: "red",
    State.DISCARDED: "secondary",
}


class AdviceTable(Table):
    advice = NameColumn(accessor="pk", verbose_name=_("Advice"))
    customer = tables.Column()
    state = tables.Column(verbose_name=_("State"))
    number = Numeric(verbose_name=_("Version"), default="–")
    handed_on = DateColumn(verbose_name=_("Handed over"), default="–")
    review_on = DateColumn(verbose_name=_("Review on"), default="–")
    manager = tables.Column(accessor="customer__manager", verbose_name=_("Manager"), default="–")
    begun_at = MomentColumn()

    class Meta:
        model = Advice
        fields = ("advice", "customer", "state", "number", "handed_on", "review_on", "manager", "begun_at")
        sequence = fields

    def row_url(self, record: Any) -> str:
        return reverse("advice_one", args=[record.pk])

    def render_advice(self, record: Any) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.row_url(record), record)

    def value_advice(self, record: Any) -> str:
        return str(record)

    def render_customer(self, record: Any) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', reverse("customer_advice", args=[record.customer_id]), "{}")  # fmt: skip
        return format_html(shown, names(record.customer))

    def value_customer(self, record: Any) -> str:
        return str(record.customer)

    def render_state(self, value: str) -> str:
        return tag(State(value).label, STATES[State(value)])

    def value_state(self, value: str) -> str:
        return value
